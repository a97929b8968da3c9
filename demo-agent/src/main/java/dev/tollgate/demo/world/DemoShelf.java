package dev.tollgate.demo.world;

import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cli.io.Shelf;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** What ships, and what the demo brings: the office's manifest and the policies of its desk. */
public final class DemoShelf implements Shelf {
  private static final String DESK = "desk";
  private static final String OFFICE = "office";

  @Override
  public ToolManifest manifest(String nameOrFile) throws IOException {
    // No call is made, so it is no matter where the office would be.
    return nameOrFile.equals(OFFICE)
        ? Manifests.office(URI.create("http://127.0.0.1"))
        : Manifests.named(nameOrFile);
  }

  @Override
  public String defaultManifest() {
    return OFFICE;
  }

  @Override
  public CedarPolicySet set(String nameOrFolder) throws IOException {
    return nameOrFolder.equals(DESK)
        ? CedarPolicySet.of(DESK + ".cedar", Policies.text(DESK))
        : Shelf.super.set(nameOrFolder);
  }

  @Override
  public List<String> defaultSets() {
    return List.of(DESK, OFFICE);
  }
}
