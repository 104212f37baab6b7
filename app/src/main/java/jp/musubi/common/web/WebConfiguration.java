package jp.musubi.common.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import jp.musubi.identity.web.HandlerGuard;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/** Languages, texts and the guard of every page. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private final HandlerGuard guard;

    WebConfiguration(HandlerGuard guard) {
        this.guard = guard;
    }

    /** Every {@code messages/FEATURE_ja.properties} with its {@code _en} beside it. */
    @Bean
    static MessageSource messageSource() throws IOException {
        String suffix = "_ja.properties";
        String[] names = Stream.of(
                        new PathMatchingResourcePatternResolver().getResources("classpath*:messages/*" + suffix))
                .map(Resource::getFilename)
                .filter(name -> name != null)
                .map(name -> "messages." + name.substring(0, name.length() - suffix.length()))
                .distinct()
                .sorted()
                .toArray(String[]::new);
        if (names.length == 0) {
            throw new IllegalStateException("No texts found under messages/.");
        }
        ResourceBundleMessageSource texts = new ResourceBundleMessageSource();
        texts.setBasenames(Arrays.copyOf(names, names.length));
        texts.setDefaultEncoding("UTF-8");
        texts.setDefaultLocale(Locale.JAPANESE);
        texts.setFallbackToSystemLocale(false);
        return texts;
    }

    /** Japanese unless the reader chose English here or in the browser. */
    @Bean
    static LocaleResolver localeResolver() {
        CookieLocaleResolver resolver = new CookieLocaleResolver("musubi-language");
        resolver.setDefaultLocaleFunction(request -> {
            Locale asked = request.getLocale();
            return request.getHeader("Accept-Language") != null
                            && asked.getLanguage().equals("en")
                    ? Locale.ENGLISH
                    : Locale.JAPANESE;
        });
        resolver.setCookieHttpOnly(true);
        resolver.setCookieSameSite("Lax");
        return resolver;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        LocaleChangeInterceptor language = new LocaleChangeInterceptor();
        language.setParamName("lang");
        language.setIgnoreInvalidLocale(true);
        registry.addInterceptor(language);
        registry.addInterceptor(guard);
    }
}
