package dev.tollgate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.GateClock;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolGateBuilder;
import dev.tollgate.spring.StartReport;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.state.StateException;
import dev.tollgate.state.StateStore;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** What an operator is told when an operation did not, or not surely, take effect. */
class EndpointFailureTest {
  private final RecordingAuditSink audit = new RecordingAuditSink();
  private final AtomicBoolean broken = new AtomicBoolean();

  private static SecurityContext olga() {
    Principal olga =
        new TestingAuthenticationToken("olga", "x", AuthorityUtils.createAuthorityList("ROLE_OPS"));
    return new SecurityContext() {
      @Override
      public Principal getPrincipal() {
        return olga;
      }

      @Override
      public boolean isUserInRole(String role) {
        return role.equals("OPS");
      }
    };
  }

  /** One that fails from when a test wants it to. */
  private StateStore state() {
    InMemoryStateStore real = new InMemoryStateStore(GateClock.system());
    return (StateStore)
        Proxy.newProxyInstance(
            StateStore.class.getClassLoader(),
            new Class<?>[] {StateStore.class},
            (proxy, method, arguments) -> {
              if (broken.get() && !method.getName().equals("close")) {
                throw new StateException("redis://u:hunter2@cache does not answer");
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void endpoint(
      Function<ToolGateBuilder, ToolGateBuilder> with, Consumer<TollgateEndpoint> act) {
    ToolGate gate = with.apply(TestGates.gate(ScriptedPolicy.permitAll(), audit)).build();
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ToolGateAutoConfiguration.class))
        .withBean(ToolGate.class, () -> gate)
        .run(
            context -> {
              try (RecentDecisions decisions = new RecentDecisions(gate, Clock.systemUTC())) {
                act.accept(
                    new TollgateEndpoint(
                        gate,
                        new GateView(gate, context.getBean(StartReport.class), decisions),
                        new Operator(gate, "OPS")));
              }
            });
  }

  @Test
  void a_reload_that_cannot_be_recorded_is_no_success() {
    endpoint(
        builder -> builder,
        endpoint -> {
          audit.failing(true);
          WebEndpointResponse<Map<String, Object>> answer =
              endpoint.act(olga(), "reload", null, null, null);
          assertThat(answer.getStatus()).isEqualTo(503);
          assertThat(answer.getBody()).asString().contains("nothing was loaded");
        });
  }

  @Test
  void a_revocation_that_may_not_hold_elsewhere_is_no_success() {
    endpoint(
        builder -> builder.state(state()),
        endpoint -> {
          assertThat(endpoint.act(olga(), "revoke", "agent", "acme", "a").getStatus())
              .isEqualTo(200);
          broken.set(true);
          WebEndpointResponse<Map<String, Object>> answer =
              endpoint.act(olga(), "revoke", "agent", "acme", "b");
          assertThat(answer.getStatus()).isEqualTo(503);
          assertThat(answer.getBody()).asString().contains("try again").doesNotContain("hunter2");
        });
  }
}
