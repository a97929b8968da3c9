package dev.tollgate.testkit.coverage;

import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.CredentialRequest;
import dev.tollgate.credential.IssuedCredential;
import dev.tollgate.credential.RevocationOutbox;
import dev.tollgate.secret.Secret;
import dev.tollgate.tool.ToolManifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gives every call the credential it needs, so that a body that has none was not called by us. */
public final class CoverageTokens implements CredentialIssuer, RevocationOutbox {
  /** Tools that each need a credential, for a place where nobody is. */
  public static ToolManifest manifest(String... tools) {
    return manifest(
        Stream.of(tools).collect(Collectors.toMap(tool -> tool, tool -> "https://here.example")));
  }

  /**
   * Tools that each need a credential.
   *
   * @param tools the tools' names, and for each the origin that the credential may be sent to
   */
  public static ToolManifest manifest(Map<String, String> tools) {
    StringBuilder yaml = new StringBuilder("version: tollgate/manifest/v1\ntools:\n");
    tools.forEach(
        (name, origin) ->
            yaml.append("  - {name: ")
                .append(name)
                .append(", effect: write, credential: {audience: here, scopes: [act], origin: \"")
                .append(origin)
                .append("\"}}\n"));
    return ToolManifest.parse(yaml.toString(), "tokens");
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
