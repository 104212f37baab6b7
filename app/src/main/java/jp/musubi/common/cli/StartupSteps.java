package jp.musubi.common.cli;

import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Says how far a start has come, by the beans that take the time. */
final class StartupSteps implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Map<String, String> STEPS = Map.of(
            "dataSource", "database connection",
            "flywayInitializer", "tables up to date",
            "entityManagerFactory", "records mapped",
            "camelContext", "ways in opened",
            "requestMappingHandlerMapping", "pages ready");

    private final Consumer<String> say;
    private final Set<String> said = new HashSet<>();
    private final long began = System.nanoTime();

    StartupSteps(Consumer<String> say) {
        this.say = say;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                String step = STEPS.get(name);
                if (step != null && said.add(step)) {
                    double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
                    say.accept(String.format(Locale.ROOT, "  %5.1f s  %s", seconds, step));
                }
                return bean;
            }
        });
    }
}
