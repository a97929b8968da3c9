package dev.tollgate.demo.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cedar.PolicyFormat;
import dev.tollgate.cedar.author.PolicyLint;
import dev.tollgate.cedar.author.SuiteReport;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DemoShelfTest {
  private final DemoShelf shelf = new DemoShelf();

  @Test
  void theDeskHoldsWhatItsCasesSayAndNothingIsWrongWithIt() throws IOException {
    CedarPolicySet desk = shelf.set("desk");
    SuiteReport report = shelf.suite("desk", null, null).run();
    assertThat(report.failures()).isEmpty();
    assertThat(report.good(100)).isTrue();
    assertThat(PolicyLint.check(desk, shelf.defaultManifest())).isEmpty();
    assertThat(desk.texts())
        .hasSize(1)
        .allSatisfy((file, text) -> assertThat(PolicyFormat.format(file, text)).isEqualTo(text));
  }

  @Test
  void allThatShipsIsCheckedAndTestedIfNothingIsNamed() {
    assertThat(shelf.defaultSets()).contains("desk").containsAll(CedarPolicySet.shippedNames());
  }

  @Test
  void everyManifestThatIsOfferedByNameLoads() throws IOException {
    for (String name : new Manifests.Names()) {
      ToolManifest manifest = shelf.manifest(name);
      assertThat(manifest.tools().isEmpty()).as(name).isEqualTo(name.equals("none"));
    }
  }
}
