package dev.tollgate.spring.security;

import static dev.tollgate.spring.security.SecuredApplication.signIn;
import static dev.tollgate.spring.security.SecuredApplication.task;
import static dev.tollgate.spring.security.SecuredApplication.user;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.ToolGate;
import dev.tollgate.secret.SecretAccess;
import dev.tollgate.spring.AgentTasks;
import dev.tollgate.spring.CallerSource;
import dev.tollgate.spring.ReactiveCallerSource;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.NotSignedInException;
import dev.tollgate.testkit.ScriptedPolicy;
import io.opentelemetry.context.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import reactor.core.publisher.Mono;

/** Whoever Spring Security has signed in is on whose behalf agents work. */
class SignedInTest {
  @TempDir Path folder;
  private ApplicationContextRunner application = new ApplicationContextRunner();

  @BeforeEach
  void application() throws Exception {
    application = new SecuredApplication().with(folder, ScriptedPolicy.permitAll());
  }

  @AfterEach
  void nobodyIsSignedInAnyMore() {
    SecurityContextHolder.clearContext();
    RequestContextHolder.resetRequestAttributes();
  }

  @Test
  void the_user_is_the_subject_and_belongs_to_the_configured_tenant() {
    application.run(
        context -> {
          signIn(user("alice"));
          assertThat(task(context).caller()).isEqualTo(Caller.of("acme", "alice"));
          // The gate finds it too: LangChain4j's AI services ask nobody else.
          assertThat(
                  context
                      .getBean(ToolGate.class)
                      .startTask(Intent.human("x"), null, null, null)
                      .caller())
              .isEqualTo(Caller.of("acme", "alice"));
        });
  }

  @Test
  void whoever_is_opened_wins_over_whoever_is_signed_in() {
    application.run(
        context -> {
          signIn(user("alice"));
          try (Scope bob = Caller.of("acme", "bob").open()) {
            assertThat(task(context).caller()).isEqualTo(Caller.of("acme", "bob"));
          }
        });
  }

  @Test
  void the_configured_caller_steps_in_outside_of_requests_only() {
    application
        .withPropertyValues("tollgate.subject=batch")
        .run(
            context -> {
              assertThat(task(context).caller()).isEqualTo(Caller.of("acme", "batch"));
              RequestContextHolder.setRequestAttributes(new Request());
              assertThat(task(context).caller()).isNull();
              assertThat(
                      context
                          .getBean(ToolGate.class)
                          .startTask(Intent.human("x"), null, null, null)
                          .caller())
                  .isNull();
              RequestContextHolder.resetRequestAttributes();
              signIn(SecuredApplication.ANONYMOUS);
              assertThat(task(context).caller()).isNull();
              Authentication failed = user("alice");
              failed.setAuthenticated(false);
              signIn(failed);
              assertThat(task(context).caller()).isNull();
            });
  }

  @Test
  void a_resource_servers_user_brings_token_and_tenant() {
    application
        .withPropertyValues("tollgate.security.tenant-claim=org")
        .run(
            context -> {
              signIn(bearer("globex"));
              Caller caller = requireNonNull(task(context).caller());
              assertThat(caller.tenant()).isEqualTo("globex");
              assertThat(caller.subject()).isEqualTo("alice");
              assertThat(
                      requireNonNull(caller.subjectToken())
                          .<String>reveal(SecretAccess.granted(), token -> token))
                  .isEqualTo("eyJ0b2tlbg");
              assertThat(caller.toString()).doesNotContain("eyJ0b2tlbg");
              // No claim, or none that can be a tenant: not the configured tenant instead.
              signIn(user("alice"));
              assertThat(task(context).caller()).isNull();
              signIn(bearer("../acme"));
              assertThat(task(context).caller()).isNull();
            });
  }

  @Test
  void streams_ask_the_reactor_context() {
    application.run(
        context -> {
          Mono<Caller> current = context.getBean(ReactiveCallerSource.class).current();
          assertThat(
                  current
                      .contextWrite(ReactiveSecurityContextHolder.withAuthentication(user("bob")))
                      .block())
              .isEqualTo(Caller.of("acme", "bob"));
          assertThat(current.block()).isNull();
          assertThatThrownBy(
                  () ->
                      current
                          .contextWrite(
                              ReactiveSecurityContextHolder.withAuthentication(
                                  SecuredApplication.ANONYMOUS))
                          .block())
              .isInstanceOf(NotSignedInException.class);
        });
  }

  @Test
  void an_application_may_know_better_who_is_there() {
    application
        .withBean(CallerSource.class, () -> () -> Caller.of("own", "carol"))
        .run(
            context -> {
              signIn(user("alice"));
              assertThat(task(context).caller()).isEqualTo(Caller.of("own", "carol"));
            });
  }

  @Test
  void what_a_job_is_for_does_not_change_under_way() {
    application.run(
        context -> {
          AgentTasks tasks = context.getBean(AgentTasks.class);
          try (Scope asked = tasks.asked(new Intent(Intent.Source.OPERATOR, "sum up the day"))) {
            assertThatThrownBy(() -> tasks.asked(Intent.human("something else")))
                .isInstanceOf(IllegalStateException.class);
          }
        });
  }

  @Test
  void nothing_of_it_is_needed() {
    for (String absent :
        new String[] {
          "org.springframework.security.oauth2",
          "org.springframework.web",
          "reactor",
          "org.springframework.security"
        }) {
      application
          .withClassLoader(new FilteredClassLoader(absent))
          .run(
              context ->
                  assertThat(context)
                      .hasNotFailed()
                      .hasSingleBean(ToolGate.class)
                      .hasSingleBean(AgentTasks.class));
    }
  }

  @Test
  void what_nobody_works_with_any_more_is_forgotten() {
    int before = Authentications.size();
    Caller kept = Caller.of("acme", "alice");
    Authentications.remember(kept, user("alice", "one"));
    Caller equal = Caller.of("acme", "alice");
    assertThat(Authentications.of(equal)).isNull();
    Authentications.remember(equal, user("alice", "two"));
    assertThat(requireNonNull(Authentications.of(kept)).getAuthorities())
        .extracting(Object::toString)
        .containsExactly("one");
    assertThat(Authentications.size()).isLessThanOrEqualTo(before + 2);
    for (int i = 0; i < 1000; i++) {
      Authentications.remember(Caller.of("acme", "user" + i), user("user" + i));
    }
    for (int tries = 0; tries < 100 && Authentications.size() > before + 100; tries++) {
      System.gc();
      Authentications.remember(kept, user("alice", "one"));
    }
    assertThat(Authentications.size()).isLessThanOrEqualTo(before + 100);
  }

  /** Any request; what it holds does not matter. */
  private static final class Request implements RequestAttributes {
    @Override
    public @Nullable Object getAttribute(String name, int scope) {
      return null;
    }

    @Override
    public void setAttribute(String name, Object value, int scope) {}

    @Override
    public void removeAttribute(String name, int scope) {}

    @Override
    public String[] getAttributeNames(int scope) {
      return new String[0];
    }

    @Override
    public void registerDestructionCallback(String name, Runnable callback, int scope) {}

    @Override
    public @Nullable Object resolveReference(String key) {
      return null;
    }

    @Override
    public String getSessionId() {
      return "";
    }

    @Override
    public Object getSessionMutex() {
      return this;
    }
  }

  private static Authentication bearer(String tenant) {
    OAuth2AuthenticatedPrincipal principal =
        new DefaultOAuth2AuthenticatedPrincipal(
            "alice", Map.of("org", tenant), AuthorityUtils.NO_AUTHORITIES);
    OAuth2AccessToken token =
        new OAuth2AccessToken(
            OAuth2AccessToken.TokenType.BEARER,
            "eyJ0b2tlbg",
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(60));
    TestingAuthenticationToken bearer = new TestingAuthenticationToken(principal, token);
    bearer.setAuthenticated(true);
    return bearer;
  }
}
