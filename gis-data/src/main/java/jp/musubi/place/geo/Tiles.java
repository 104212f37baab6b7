package jp.musubi.place.geo;

import java.util.Optional;
import java.util.Set;
import jp.musubi.common.store.DatabaseDialect;
import jp.musubi.response.ResponseId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes vector tiles (Mapbox Vector Tile 2.1): PostGIS makes those of its own tables, the rest is encoded here. */
@Component
public class Tiles {

    private final DatabaseDialect dialect;

    Tiles(DatabaseDialect dialect) {
        this.dialect = dialect;
    }

    /**
     * The tile, empty if nothing lies there.
     *
     * @param regions prefixes of municipality codes the reader may see; empty = everything
     */
    @Transactional(readOnly = true)
    public byte[] tile(MapLayer layer, TileAddress address, ResponseId response, Optional<Set<String>> regions) {
        MapLayer.Query query = new MapLayer.Query(response, address.degrees(), address.z(), regions);
        return layer instanceof SqlLayer sql && dialect.isPostgis()
                ? sql.postgisTile(address, query)
                : TileEncoder.encode(layer.name(), address, layer.features(query));
    }
}
