package jp.musubi.common.store;

import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

/** What every program that stores something starts with. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:musubi-storage.properties")
class StorageConfiguration {

    /** Real time. A response's own time comes from its {@link jp.musubi.response.ResponseClock}. */
    @Bean
    @ConditionalOnMissingBean
    Clock realTime() {
        return Clock.systemUTC();
    }
}
