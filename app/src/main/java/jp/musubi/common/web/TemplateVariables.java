package jp.musubi.common.web;

import org.springframework.context.annotation.Configuration;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/**
 * What every template knows without a controller's help, problem pages included: {@code frame}, {@code assets} and
 * {@code pageTexts}. (Thymeleaf does not let links name beans.)
 */
@Configuration(proxyBeanMethods = false)
class TemplateVariables {

    TemplateVariables(ThymeleafViewResolver views, Frame frame, Assets assets, PageTexts pageTexts) {
        views.addStaticVariable("frame", frame);
        views.addStaticVariable("assets", assets);
        views.addStaticVariable("pageTexts", pageTexts);
    }
}
