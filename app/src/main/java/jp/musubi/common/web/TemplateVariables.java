package jp.musubi.common.web;

import jp.musubi.identity.web.Differences;
import org.springframework.context.annotation.Configuration;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/**
 * What every template knows without a controller's help, problem pages included: {@code frame}, {@code assets},
 * {@code pageTexts}, {@code times} and {@code differences}. (Thymeleaf does not let links name beans.)
 */
@Configuration(proxyBeanMethods = false)
class TemplateVariables {

    TemplateVariables(
            ThymeleafViewResolver views,
            Frame frame,
            Assets assets,
            PageTexts pageTexts,
            Times times,
            Differences differences) {
        views.addStaticVariable("frame", frame);
        views.addStaticVariable("assets", assets);
        views.addStaticVariable("pageTexts", pageTexts);
        views.addStaticVariable("times", times);
        views.addStaticVariable("differences", differences);
    }
}
