package dev.tollgate.langchain4j.coverage;

import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.CredentialRequest;
import dev.tollgate.credential.IssuedCredential;
import dev.tollgate.credential.RevocationOutbox;
import dev.tollgate.secret.Secret;
import dev.tollgate.tool.ToolManifest;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gives every call the credential it needs, so that a body that has none was not called by us. */
public final class Tokens implements CredentialIssuer, RevocationOutbox {
  /** Tools that each need a credential. */
  public static ToolManifest manifest(String... tools) {
    return ToolManifest.parse(
        "version: tollgate/manifest/v1\ntools:\n"
            + Stream.of(tools).map(Tokens::tool).collect(Collectors.joining()),
        "tokens");
  }

  private static String tool(String name) {
    return "  - {name: "
        + name
        + ", effect: write, credential: {audience: here, scopes: [act], origin: https://here.example}}\n";
  }

  @Override
  public IssuedCredential issue(CredentialRequest request) {
    return new IssuedCredential(
        request.callId(),
        Secret.of("token"),
        request.need().audience(),
        request.need().scopes(),
        Instant.now().plusSeconds(30),
        true);
  }

  @Override
  public void revoke(Secret token) {}

  @Override
  public String name() {
    return "tokens";
  }

  @Override
  public void put(String lease, IssuedCredential credential) {}

  @Override
  public void remove(String lease) {}

  @Override
  public List<Pending> pending() {
    return List.of();
  }
}
