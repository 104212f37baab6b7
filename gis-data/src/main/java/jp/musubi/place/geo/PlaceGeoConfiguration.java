package jp.musubi.place.geo;

import jp.musubi.place.Coast;
import jp.musubi.place.PositionCheck;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The coast is read on first use: half a megabyte that a start need not wait for. */
@Configuration(proxyBeanMethods = false)
class PlaceGeoConfiguration {

    @Bean
    @Lazy
    Coast coast() {
        return new JtsCoast(CoastFile.land());
    }

    @Bean
    PositionCheck positionCheck(@Lazy Coast coast) {
        return new PositionCheck(coast);
    }
}
