package jp.musubi.place.store;

import jp.musubi.place.CommunityRows;
import jp.musubi.place.HubRows;
import jp.musubi.place.Municipalities;
import jp.musubi.place.PositionCheck;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the kinds of files that are about places. */
@Configuration(proxyBeanMethods = false)
class PlaceImportConfiguration {

    @Bean
    CommunityRows communityRows(Municipalities municipalities, PositionCheck check, JdbcCommunityRows store) {
        return new CommunityRows(municipalities, check, store);
    }

    @Bean
    HubRows hubRows(Municipalities municipalities, PositionCheck check, JdbcHubRows store) {
        return new HubRows(municipalities, check, store);
    }
}
