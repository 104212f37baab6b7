package jp.musubi.catalog.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.ItemMatch;
import jp.musubi.catalog.store.JdbcCatalogue.Origin;
import jp.musubi.common.store.MusubiIT;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

@MusubiIT
class CatalogueIT {

    private final Catalogue catalogue;
    private final JdbcCatalogue store;
    private final CatalogueLoader loader;
    private final TransactionTemplate transaction;

    CatalogueIT(Catalogue catalogue, JdbcCatalogue store, CatalogueLoader loader, TransactionTemplate transaction) {
        this.catalogue = catalogue;
        this.store = store;
        this.loader = loader;
        this.transaction = transaction;
    }

    @Test
    void holdsExactlyWhatItsFilesSay() {
        CatalogueFiles files = CatalogueFiles.read();
        ItemCatalogue loaded = catalogue.current();

        assertThat(loaded.listItems().stream().map(CatalogueIT::facts))
                .containsExactlyElementsOf(
                        files.items().stream().map(CatalogueIT::facts).toList());
        ItemCatalogue expected = new ItemCatalogue(files.items(), files.substitutes());
        assertThat(files.items())
                .allSatisfy(item -> assertThat(loaded.listSubstitutes(item.code()))
                        .containsExactlyInAnyOrderElementsOf(expected.listSubstitutes(item.code())));
    }

    @Test
    void loadsTheSameFilesOnlyOnce() {
        assertThat(transaction.<Boolean>execute(status -> loader.load(CatalogueFiles.read())))
                .isFalse();
    }

    @Test
    void seesAChangedItemAtOnceAndForgetsOneThatWasRolledBack() {
        Item blanket = catalogue.current().getByCode(new ItemCode("BLANKET"));
        transaction.executeWithoutResult(status -> {
            store.store(called(blanket, "ひざかけ"), Origin.REFERENCE, 0);
            assertThat(catalogue.current().match("ひざかけ")).isInstanceOf(ItemMatch.Matched.class);
            status.setRollbackOnly();
        });
        assertThat(catalogue.current().match("ひざかけ")).isInstanceOf(ItemMatch.Unknown.class);

        store.store(called(blanket, "ひざかけ"), Origin.REFERENCE, 0);

        assertThat(catalogue.current().match("ひざかけ"))
                .isInstanceOfSatisfying(
                        ItemMatch.Matched.class,
                        matched -> assertThat(matched.item().id()).isEqualTo(blanket.id()));
        store.store(blanket, Origin.REFERENCE, 0);
    }

    /** Everything but the id, whatever the order of packs. */
    private static List<Object> facts(Item item) {
        return List.of(
                item.code(),
                item.ja(),
                item.kana(),
                item.en(),
                item.group(),
                item.pushItem(),
                item.base(),
                Set.copyOf(item.packs()),
                item.weightGrams(),
                item.volumeCubicCentimetres(),
                item.sizeSureness(),
                item.shelfLifeDays(),
                item.coldChain(),
                item.alsoCalled(),
                item.codes());
    }

    private static Item called(Item item, String name) {
        return new Item(
                item.id(),
                item.code(),
                item.ja(),
                item.kana(),
                item.en(),
                item.group(),
                item.pushItem(),
                item.base(),
                item.packs(),
                item.weightGrams(),
                item.volumeCubicCentimetres(),
                item.sizeSureness(),
                item.shelfLifeDays(),
                item.coldChain(),
                Set.of(name),
                item.codes());
    }
}
