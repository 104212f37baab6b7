package jp.musubi.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Objects;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.response.web.FirstStart;
import jp.musubi.response.web.FirstStart.SignInAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@MusubiIT
class SignInIT {

    private final FirstStart firstStart;
    private final RequestMappingHandlerMapping handlers;
    private final OperatorSecret operator;
    private final MockMvc web;
    private List<SignInAddress> links = List.of();

    SignInIT(
            FirstStart firstStart,
            WebApplicationContext context,
            @org.springframework.beans.factory.annotation.Qualifier("requestMappingHandlerMapping")
                    RequestMappingHandlerMapping handlers,
            OperatorSecret operator) {
        this.firstStart = firstStart;
        this.handlers = handlers;
        this.operator = operator;
        this.web = MockMvcBuilders.webAppContextSetup(context)
                .<DefaultMockMvcBuilder>apply(springSecurity())
                .build();
    }

    @BeforeEach
    void start() {
        links = firstStart.prepare("none", line -> {});
    }

    @Test
    void showsAButtonFirstAndSignsInOnce() throws Exception {
        String link = "/signin/" + administrator();

        web.perform(get(link)).andExpect(status().isOk());
        web.perform(get(link)).andExpect(status().isOk());
        MockHttpSession session =
                (MockHttpSession) Objects.requireNonNull(web.perform(post(link).with(csrf()))
                        .andExpect(redirectedUrl("/home"))
                        .andReturn()
                        .getRequest()
                        .getSession());
        web.perform(get("/home").session(session)).andExpect(redirectedUrl("/admin"));
        web.perform(post(link).with(csrf())).andExpect(status().isGone());
    }

    @Test
    void refusesASignInWithoutCsrfToken() throws Exception {
        web.perform(post("/signin/" + administrator())).andExpect(status().isForbidden());
    }

    @Test
    void endsSessionsAfterSigningOutEverywhere() throws Exception {
        MockHttpSession session = (MockHttpSession) Objects.requireNonNull(
                web.perform(post("/signin/" + administrator()).with(csrf()))
                        .andReturn()
                        .getRequest()
                        .getSession());

        web.perform(post("/signout-everywhere").session(session).with(csrf())).andExpect(redirectedUrl("/"));

        web.perform(get("/home").session(session)).andExpect(redirectedUrl("/"));
    }

    @Test
    void makesLinksForTheOperatorOnly() throws Exception {
        web.perform(post("/api/v1/sign-in-links")
                        .contentType("text/plain")
                        .content("administrator")
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isOk());
        web.perform(post("/api/v1/sign-in-links")
                        .contentType("text/plain")
                        .content("administrator")
                        .header("Authorization", "Bearer wrong"))
                .andExpect(status().isForbidden());
        web.perform(post("/api/v1/sign-in-links")
                        .contentType("text/plain")
                        .content("administrator")
                        .with(csrf()))
                .andExpect(status().isUnauthorized());
        web.perform(post("/api/v1/sign-in-links")
                        .contentType("text/plain")
                        .content("nobody-of-that-name")
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isNotFound())
                .andExpect(content().contentType("application/problem+json"));
    }

    @Test
    void forbidsInlineCode() throws Exception {
        web.perform(get("/signin"))
                .andExpect(status().isOk())
                .andExpect(header().string("Content-Security-Policy", SecurityConfiguration.CONTENT_SECURITY_POLICY));
    }

    @Test
    void everyHandlerSaysWhoMayUseIt() {
        List<HandlerMethod> own = handlers.getHandlerMethods().values().stream()
                .filter(method -> method.getBeanType().getName().startsWith("jp.musubi."))
                .toList();

        assertThat(own).hasSizeGreaterThan(4);
        assertThat(own)
                .allSatisfy(method -> assertThat(HandlerGuard.isOpen(method)
                                || HandlerGuard.requiredAction(method).isPresent())
                        .as(method.toString())
                        .isTrue());
    }

    private String administrator() {
        return links.stream()
                .filter(link -> link.role().equals("administrator"))
                .findFirst()
                .orElseThrow()
                .token();
    }
}
