package dev.tollgate.demo.world;

import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cedar.author.PolicySuite;
import dev.tollgate.cli.io.Shelf;
import dev.tollgate.tool.ToolLock;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What ships, and what the demo brings: the office's manifest and the policies of its desk. */
public final class DemoShelf implements Shelf {
  private static final String DESK = "desk";

  @Override
  public ToolManifest manifest(String nameOrFile) throws IOException {
    return Manifests.named(nameOrFile);
  }

  @Override
  public ToolManifest defaultManifest() throws IOException {
    return Manifests.named("office");
  }

  @Override
  public CedarPolicySet set(String nameOrFolder) throws IOException {
    return nameOrFolder.equals(DESK)
        ? CedarPolicySet.of(DESK, Map.of(DESK + ".cedar", Policies.text(DESK)))
        : Shelf.super.set(nameOrFolder);
  }

  @Override
  public PolicySuite suite(
      String nameOrFolder, @Nullable ToolManifest manifest, @Nullable ToolLock lock)
      throws IOException {
    return nameOrFolder.equals(DESK)
        ? PolicySuite.of(set(DESK), DESK + ".cases.yaml", Policies.cases(DESK), defaultManifest())
        : Shelf.super.suite(nameOrFolder, manifest, lock);
  }

  @Override
  public List<String> defaultSets() {
    List<String> sets = new ArrayList<>(CedarPolicySet.shippedNames());
    sets.add(DESK);
    return List.copyOf(sets);
  }
}
