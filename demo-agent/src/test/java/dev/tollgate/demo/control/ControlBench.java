package dev.tollgate.demo.control;

import dev.tollgate.GateClock;
import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolBody;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.audit.Durability;
import dev.tollgate.audit.FileAnchor;
import dev.tollgate.audit.FileAuditSink;
import dev.tollgate.config.Settings;
import dev.tollgate.credential.FolderOutbox;
import dev.tollgate.demo.idp.AgentKey;
import dev.tollgate.demo.idp.ResourceClients;
import dev.tollgate.demo.idp.RunningIdp;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.demo.world.Manifests;
import dev.tollgate.demo.world.Policies;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.oauth.OAuthCredentialProvider;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.secret.Secret;
import dev.tollgate.state.FileStateStore;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A gate whose payments need approval, in a folder, with real credentials, and its endpoint. */
final class ControlBench implements AutoCloseable {
  static final String PAYMENT =
      "{\"amount\":900,\"iban\":\"DE02120300000000202051\",\"recipient\":\"Landlord\","
          + "\"reference\":\"Rent\"}";
  private static final String POLICIES =
      """
      @id("looks") permit(principal, action == Action::"bank_transactions", resource);
      @id("pays-when-approved") @obligation("approval")
      permit(principal, action == Action::"bank_pay", resource);
      """;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final DemoFolder folder;
  final People people;
  final ToolGate gate;
  final ControlEndpoint endpoint;
  final List<String> paid = new CopyOnWriteArrayList<>();
  private final StateStore state;
  private final RunningIdp idp;

  /** A run in a fresh folder. */
  ControlBench(RunningIdp idp, Path root) throws IOException {
    this(idp, DemoFolder.fresh(root), policies -> policies);
  }

  /** A run in a folder that another one left, or with policies of another kind. */
  ControlBench(RunningIdp idp, DemoFolder folder, UnaryOperator<PolicyDecisionPoint> policies)
      throws IOException {
    this.idp = idp;
    this.folder = folder;
    this.people = new People(idp);
    this.state = FileStateStore.open(folder.resolve("state.log"), GateClock.system());
    ToolManifest manifest = Manifests.office(idp.address().issuer());
    Path set = Files.createDirectories(folder.resolve("policies"));
    Files.writeString(set.resolve("set.cedar"), POLICIES);
    var audit =
        new FileAuditSink(
            folder.audit(), folder.keys(), Durability.PROCESS, new FileAnchor(folder.anchors()));
    this.gate =
        ToolGate.builder()
            .keys(folder.keys())
            .manifest(manifest)
            .policy(policies.apply(Policies.named(set.toString(), manifest)))
            .audit(audit)
            .credentials(
                new OAuthCredentialProvider().create(settings()),
                new FolderOutbox(folder.resolve("outbox"), folder.keys()))
            .agent(new AgentIdentity("office-agent", Set.of("office")))
            .environment("test")
            .state(state)
            .approvals(20, Duration.ofMinutes(10))
            .build();
    this.endpoint = start("acme");
  }

  private Settings settings() throws IOException {
    Path key = idp.part(AgentKey.class).write(folder.resolve(""));
    return new Settings(
        Map.of(
            "tollgate.oauth.issuer", idp.address().issuer().toString(),
            "tollgate.oauth.token-endpoint", idp.address().tokenEndpoint().toString(),
            "tollgate.oauth.revocation-endpoint", idp.address().revocationEndpoint().toString(),
            "tollgate.oauth.client-id", AgentKey.CLIENT_ID,
            "tollgate.oauth.client-key-file", key.toString()));
  }

  /** Another endpoint of the same gate. */
  ControlEndpoint start(String tenant) {
    return ControlEndpoint.start(
        gate, new PersonTokens(idp.address(), idp.part(ResourceClients.class), tenant));
  }

  Caller alice() {
    return new Caller("acme", "alice", Secret.of(people.subjectToken("alice")));
  }

  Task task() {
    return gate.startTask(Intent.human("Pay the rent."), null, alice(), "c1");
  }

  Tool tool(String name) {
    return gate.describe(new ToolDefinition(name, "of the office", "{}", "test"));
  }

  ToolResult call(Task task, String tool, String arguments, ToolBody body) {
    return gate.call(
        gate.propose(new Proposal(task, tool(tool), arguments, null, SpanOwner.GATE)), body);
  }

  /** Asks for a payment; the id under which it waits. */
  String waiting() {
    return waiting(task(), PAYMENT);
  }

  String waiting(Task task, String arguments) {
    ToolResult result = call(task, "bank_pay", arguments, this::pay);
    if (result instanceof ToolResult.Denied denied && denied.denial().approvalId() != null) {
      return denied.denial().approvalId();
    }
    throw new AssertionError("it does not wait: " + result);
  }

  ToolResult resume(String id) {
    return gate.resume(id, alice(), tool("bank_pay"), this::pay);
  }

  /** Why a resumed call was denied; empty if it ran. */
  String resumed(String id) {
    return resume(id) instanceof ToolResult.Denied denied ? denied.denial().reason().code() : "";
  }

  ToolResult pay(String arguments) {
    paid.add(arguments);
    return ToolResult.returned("paid");
  }

  HttpResponse<String> pending(@Nullable String token) {
    return send(request("/approvals", token).GET().build());
  }

  HttpResponse<String> answer(String id, String answer, @Nullable String token) {
    return post("/approvals/" + id + "/" + answer, token, "{}");
  }

  HttpResponse<String> post(String path, @Nullable String token, String body) {
    return send(
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  HttpRequest.Builder request(String path, @Nullable String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.uri(path)).header("X-Tollgate-Control", "1");
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Status and reason code. */
  static String refusal(HttpResponse<String> response) {
    return response.statusCode()
        + " "
        + response.body().replaceFirst(".*\"reason_code\":\"([a-z_]+)\".*", "$1");
  }

  /** What the audit holds of answers. */
  List<String> answers() throws IOException {
    return Files.readAllLines(folder.audit().resolve("acme.jsonl")).stream()
        .filter(line -> line.contains("approval_answered"))
        .toList();
  }

  @Override
  public void close() {
    endpoint.close();
    gate.close();
    state.close();
  }
}
