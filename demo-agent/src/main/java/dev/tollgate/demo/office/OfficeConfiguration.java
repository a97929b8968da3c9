package dev.tollgate.demo.office;

import dev.tollgate.demo.idp.IdpAddress;
import dev.tollgate.demo.idp.ResourceClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** The office: what is in it, its endpoints and its door. */
@Configuration(proxyBeanMethods = false)
@Import({MailController.class, FilesController.class, BankController.class, OfficeErrors.class})
public class OfficeConfiguration {
  @Bean
  Mailbox mailbox() {
    return OfficeContents.mailbox();
  }

  @Bean
  FileShelf fileShelf() {
    return OfficeContents.files();
  }

  @Bean
  BankAccount bankAccount() {
    return OfficeContents.account();
  }

  @Bean
  OfficeAccessLog officeAccessLog() {
    return new OfficeAccessLog();
  }

  @Bean
  OfficeVisitor officeVisitor() {
    return new OfficeVisitor();
  }

  /**
   * Each request brings its own token, so there is no session and nothing to forge across sites.
   */
  @Bean
  @Order(0)
  SecurityFilterChain officeChain(
      HttpSecurity http,
      IdpAddress idp,
      ResourceClients clients,
      OfficeAccessLog log,
      OfficeVisitor visitor) {
    var door = new BearerTokenFilter(new TokenIntrospection(idp, clients), log, visitor);
    return http.securityMatcher("/office/**")
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(door, AuthorizationFilter.class)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }
}
