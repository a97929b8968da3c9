package dev.tollgate.spring.security;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.spring.AgentTasks;
import dev.tollgate.spring.AgentTasksAutoConfiguration;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.spring.ToolGateCustomizer;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.tool.ToolDefinition;
import io.opentelemetry.context.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

/** Real contexts with a gate that is assembled from properties. */
final class SecuredApplication {
  static final Authentication ANONYMOUS =
      new AnonymousAuthenticationToken(
          "key", "anonymousUser", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

  final RecordingAuditSink audit = new RecordingAuditSink();

  ApplicationContextRunner with(Path folder, PolicyDecisionPoint policy) throws Exception {
    Path keys = folder.resolve(UUID.randomUUID() + ".json");
    JwkFileKeySource.generate(keys, "test");
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                ToolGateAutoConfiguration.class,
                AgentTasksAutoConfiguration.class,
                SecurityAutoConfiguration.class))
        .withBean(
            "parts", ToolGateCustomizer.class, () -> builder -> builder.policy(policy).audit(audit))
        .withPropertyValues("tollgate.keys.file=" + keys, "tollgate.tenant=acme");
  }

  static Authentication user(String name, String... authorities) {
    return new TestingAuthenticationToken(name, "password", authorities);
  }

  static void signIn(Authentication authentication) {
    SecurityContextHolder.getContext().setAuthentication(authentication);
  }

  /** The task of a job that starts here. */
  static Task task(ApplicationContext context) {
    try (Scope asked = context.getBean(AgentTasks.class).asked(Intent.human("pay it"))) {
      return Objects.requireNonNull(Task.current());
    }
  }

  static ToolCall call(ApplicationContext context, Task task) {
    ToolGate gate = context.getBean(ToolGate.class);
    var pay = gate.describe(List.of(new ToolDefinition("pay", "Pays.", "", "test")));
    return gate.propose(new Proposal(task, pay, "{}", null, SpanOwner.GATE));
  }
}
