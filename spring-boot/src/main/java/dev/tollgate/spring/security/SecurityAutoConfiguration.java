package dev.tollgate.spring.security;

import dev.tollgate.ToolGate;
import dev.tollgate.config.Settings;
import dev.tollgate.policy.CeilingDecisionPoint;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.spring.CallerSource;
import dev.tollgate.spring.ReactiveCallerSource;
import dev.tollgate.spring.SpringSettings;
import dev.tollgate.spring.StartWarning;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.spring.ToolGateCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.context.SecurityContextHolder;
import reactor.core.publisher.Mono;

/** Where Spring Security is: its users are the gate's callers, its managers are asked. */
@AutoConfiguration(before = ToolGateAutoConfiguration.class)
@ConditionalOnClass(SecurityContextHolder.class)
@ConditionalOnProperty(prefix = "tollgate", name = "enabled", matchIfMissing = true)
public class SecurityAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  SignedInCallers tollgateSignedInCallers(Environment environment) {
    Settings settings = SpringSettings.from(environment);
    return new SignedInCallers(
        settings.find("tollgate.tenant"), settings.find("tollgate.security.tenant-claim"));
  }

  @Bean
  @ConditionalOnMissingBean(CallerSource.class)
  SecurityContextCallers tollgateCallers(SignedInCallers callers) {
    return new SecurityContextCallers(callers);
  }

  /** For what starts a task without asking the adapter, such as LangChain4j's AI services. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  ToolGateCustomizer tollgateSignedIn(CallerSource callers) {
    return builder -> builder.callers(callers::current);
  }

  /** They can only narrow what the policies permit. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  ToolGateCustomizer tollgateAuthorizationManagers(
      ObjectProvider<AuthorizationManager<PolicyRequest>> managers) {
    return builder ->
        managers
            .orderedStream()
            .map(AuthorizationManagerPolicy::of)
            .forEach(
                above -> builder.aroundPolicy(below -> new CeilingDecisionPoint(above, below)));
  }

  /** A thread that has lost its request looks like a job's. */
  @Bean
  @ConditionalOnWebApplication
  StartWarning tollgateConfiguredSubject(CallerSource callers, Environment environment) {
    boolean stepsIn =
        callers instanceof SecurityContextCallers
            && SpringSettings.from(environment).find("tollgate.subject") != null;
    return () ->
        stepsIn
            ? "users sign in to this application and tollgate.subject is set: what a request hands"
                + " to a thread without its security context runs on behalf of that subject"
            : null;
  }

  @Bean
  @ConditionalOnMissingBean
  GateAuthorizationManager tollgateAuthorizationManager(
      ObjectProvider<ToolGate> gate, SignedInCallers callers) {
    return new GateAuthorizationManager(gate::getObject, callers);
  }

  /** On streams. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(Mono.class)
  static class Reactive {
    @Bean
    @ConditionalOnMissingBean(ReactiveCallerSource.class)
    ReactiveSecurityContextCallers tollgateReactiveCallers(SignedInCallers callers) {
      return new ReactiveSecurityContextCallers(callers);
    }
  }
}
