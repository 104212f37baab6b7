package jp.musubi.identity.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jp.musubi.identity.People;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Who is let in at all. What somebody may do is asked at every handler ({@link Requires}); here only the doors: no
 * passwords, sessions from one-time links, CSRF tokens, a content security policy without inline code.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    static final String CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' data: blob:; worker-src 'self'; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain doors(HttpSecurity http, OperatorSecret operator, People people) throws Exception {
        return http.authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                                .permitAll()
                                .anyRequest()
                                .permitAll())
                .csrf(csrf -> csrf.ignoringRequestMatchers(
                        request -> OperatorFilter.carriesSecret(request, operator) || isCheckIn(request)))
                // What these filters refuse is a form without its token.
                .exceptionHandling(refused -> refused.accessDeniedPage(SignInPages.FORM_TOO_OLD))
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .addFilterAfter(new OperatorFilter(operator), SecurityContextHolderFilter.class)
                .addFilterBefore(new EndedSessionFilter(people), AnonymousAuthenticationFilter.class)
                .logout(logout -> logout.logoutUrl("/signout").logoutSuccessUrl("/"))
                .requestCache(cache -> cache.disable())
                .build();
    }

    /**
     * Phones send check-ins hours after they opened the page, when its session and token are gone. Nothing of the sender's
     * session counts there: the secret in the path does.
     */
    private static boolean isCheckIn(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/checkin/");
    }

    /** PostgreSQL has no text with U+0000 in it. */
    @Bean
    StrictHttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedParameterValues(value -> value.indexOf('\0') < 0);
        return firewall;
    }

    /** There are no passwords, so nothing here can check one. */
    @Bean
    AuthenticationManager noPasswords() {
        return authentication -> {
            throw new ProviderNotFoundException("Musubi has no passwords; people sign in by one-time links.");
        };
    }
}
