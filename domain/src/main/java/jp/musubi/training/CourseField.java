package jp.musubi.training;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.common.BilingualText;

/** What a course prepares for: the business areas of worker co-operatives. */
public enum CourseField {
    ELDERCARE("介護・高齢者福祉", "Elder care"),
    CHILDCARE("保育・子育て支援", "Childcare and parent support"),
    DISABILITY("障がい者支援", "Support for people with disabilities"),
    YOUTH_AND_JOBS("若者・就労支援", "Youth and job support"),
    PUBLIC_FACILITIES("公共施設の運営", "Public-facility operation"),
    BUILDINGS("建物管理・清掃", "Building maintenance and cleaning"),
    GREENING("公園・緑化", "Parks and greening"),
    RECYCLING("廃棄物・リサイクル", "Waste and recycling"),
    FOOD("食・農", "Food and agriculture"),
    FORESTRY("林業", "Forestry"),
    BIODIESEL("バイオディーゼル燃料", "Biodiesel fuel"),
    MEALS("配食", "Home-delivered meals"),
    DISTRIBUTION("物流", "Distribution"),
    TRANSPORT("交通・移動支援", "Taxi and transport"),
    CONSTRUCTION("建設", "Construction"),
    MEDIA("出版・映像", "Publishing and film");

    private static final Map<String, CourseField> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(CourseField::code, field -> field));

    private final BilingualText label;

    CourseField(String ja, String en) {
        this.label = BilingualText.of(ja, en);
    }

    public BilingualText label() {
        return label;
    }

    /** How it is written in files and addresses, e.g. {@code public-facilities}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<CourseField> findByCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** Every word a file may use for a field. */
    static Map<String, CourseField> words() {
        return TrainingCells.words(values(), CourseField::code, CourseField::label);
    }
}
