package dev.tollgate.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.key.JwkFileKeySource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** An application that wrote properties and no code. */
@QuarkusTest
@TestProfile(ConfiguredTest.Properties.class)
@SuppressWarnings("NullAway") // what Quarkus injects
class ConfiguredTest {
  @Inject Agents.Clerk clerk;

  public static final class Properties implements QuarkusTestProfile {
    @Override
    public String getConfigProfile() {
      return "configured";
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Path folder = Files.createTempDirectory(Path.of("target"), "gate").toAbsolutePath();
        Path keys = folder.resolve("keys.json");
        JwkFileKeySource.generate(keys, "test");
        return Map.of(
            "tollgate.keys.file", keys.toString(),
            "tollgate.tenant", "acme",
            "tollgate.subject", "alice",
            "tollgate.audit.folder", folder.resolve("audit").toString(),
            "tollgate.audit.anchor", folder.resolve("anchor").toString());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void theGateIsTheOneThatThePropertiesDescribe() {
    ScriptedModel.tool = "delete";
    FileTools.RAN.clear();
    // They name no policy, so nothing may run.
    assertThat(clerk.chat("delete the file a")).contains("policy_missing");
    assertThat(FileTools.RAN).isEmpty();
    String folder = ConfigProvider.getConfig().getValue("tollgate.audit.folder", String.class);
    assertThat(Path.of(folder, "acme.jsonl")).content().contains("policy_missing");
  }
}
