package dev.tollgate.spring.actuate;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolBody;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.CountingIssuer;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** A running application with Actuator and Spring Security, asked over HTTP. */
final class GuardedOffice implements AutoCloseable {
  static final String TOKEN = "jit-token-that-nobody-may-see";
  static final String PERMIT = "@id(\"%s\")\npermit (principal, action, resource);\n";
  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private String portName = "local.server.port";

  private GuardedOffice(ConfigurableApplicationContext context, Path folder) {
    this.context = context;
    this.folder = folder;
  }

  /** What the application would be without any chain of its own. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername("olga").password("{noop}o").roles("TOLLGATE_OPERATOR").build(),
          User.withUsername("ulf").password("{noop}u").roles("USER").build());
    }

    @Bean
    CredentialIssuer issuer() {
      return new CountingIssuer(TOKEN);
    }
  }

  /** What docs/operations.md recommends. */
  @Configuration(proxyBeanMethods = false)
  static class Stateless {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(all -> all.anyRequest().authenticated())
          .httpBasic(basic -> {})
          .csrf(csrf -> csrf.disable())
          .build();
    }
  }

  static GuardedOffice open(Path folder, Class<?>... more) throws Exception {
    return open(folder, List.of(), more);
  }

  static GuardedOffice open(Path folder, List<String> properties, Class<?>... more)
      throws Exception {
    JwkFileKeySource.generate(folder.resolve("keys.json"), "test");
    Files.writeString(
        folder.resolve("tools.yaml"),
        """
        version: tollgate/manifest/v1
        tools:
          - name: bank_pay
            effect: pay
            destination: bank
            credential:
              audience: bank
              scopes: [bank.pay]
              origin: https://bank.example
        """);
    Path policies = Files.createDirectory(folder.resolve("policies"));
    Files.writeString(policies.resolve("a.cedar"), PERMIT.formatted("all"));
    List<String> settings = new ArrayList<>();
    settings.addAll(
        List.of(
            "server.port=0",
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.health.show-details=always",
            "management.endpoint.env.show-values=always",
            "tollgate.keys.file=" + folder.resolve("keys.json"),
            "tollgate.manifest=" + folder.resolve("tools.yaml"),
            "tollgate.policy.folder=" + policies,
            "tollgate.policy.folder-writable=allow",
            "tollgate.audit.folder=" + folder.resolve("audit"),
            "tollgate.audit.anchor=" + folder.resolve("anchor"),
            "tollgate.credential.outbox=" + folder.resolve("outbox"),
            "tollgate.tenant=acme",
            "tollgate.subject=alice"));
    settings.addAll(properties);
    List<Class<?>> sources = new ArrayList<>(List.of(Application.class));
    sources.addAll(Arrays.asList(more));
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
            .web(WebApplicationType.SERVLET)
            .logStartupInfo(false)
            .run(settings.stream().map(one -> "--" + one).toArray(String[]::new));
    return new GuardedOffice(context, folder);
  }

  ToolGate gate() {
    return context.getBean(ToolGate.class);
  }

  ConfigurableApplicationContext context() {
    return context;
  }

  Task task() {
    return gate().startTask(Intent.human("pay the bill"), null, null, "c1");
  }

  ToolResult call(Task task, String tool, ToolBody body) {
    ToolDefinition definition = new ToolDefinition(tool, "", "", "test");
    return call(task, gate().describe(definition), body);
  }

  ToolResult call(Task task, Tool tool, ToolBody body) {
    return gate().call(gate().propose(new Proposal(task, tool, "{}", "1", SpanOwner.GATE)), body);
  }

  /** From now on where Actuator listens, if that is elsewhere. */
  void onManagementPort() {
    portName = "local.management.port";
  }

  Path policies() {
    return folder.resolve("policies");
  }

  String audit() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.walk(folder.resolve("audit"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  HttpResponse<String> get(String path, @Nullable String user) throws Exception {
    return http.send(request(path, user).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, @Nullable String user, String type, String body)
      throws Exception {
    return http.send(
        request(path, user)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, @Nullable String user) {
    String port = context.getEnvironment().getProperty(portName);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    return user == null
        ? request
        : request.header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    context.close();
  }
}
