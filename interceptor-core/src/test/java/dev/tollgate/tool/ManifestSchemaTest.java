package dev.tollgate.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The published schema and the reader take and refuse the same manifests. */
class ManifestSchemaTest {
  private static final String NAME = "tool-manifest-v1.schema.json";

  private static boolean schemaTakes(String yaml) throws IOException {
    try (InputStream in = ToolManifest.class.getResourceAsStream(NAME)) {
      JsonSchema schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
              .getSchema(Objects.requireNonNull(in));
      Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
      return schema.validate(new ObjectMapper().valueToTree(tree)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.tollgate.tool.ManifestCorpus#good")
  void bothTake(String yaml) throws IOException {
    assertThat(ToolManifest.parse(yaml, "m").tools()).isNotNull();
    assertThat(schemaTakes(yaml)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("dev.tollgate.tool.ManifestCorpus#bad")
  void bothRefuse(int line, String problem, String yaml) throws IOException {
    assertThat(line).isPositive();
    assertThat(problem).isNotEmpty();
    assertThat(schemaTakes(yaml)).isFalse();
  }

  @Test
  void theSchemaKnowsEveryEffectSensitivityAndType() throws IOException {
    for (Effect effect : Effect.values()) {
      for (Sensitivity sensitivity : Sensitivity.values()) {
        for (ArgumentType type : ArgumentType.values()) {
          String yaml =
              "version: tollgate/manifest/v1\ntools: [{name: a, effect: %s, sensitivity: %s, arguments: {x: {type: %s}}}]"
                  .formatted(effect.text(), sensitivity.text(), type.text());
          assertThat(schemaTakes(yaml)).isTrue();
          assertThat(ToolManifest.parse(yaml, "m").tools()).hasSize(1);
        }
      }
    }
  }
}
