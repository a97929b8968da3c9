package dev.tollgate.demo.idp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The keys of all agents that the token server knows. */
public final class AgentKeys {
  /** The agent that splits work up and hands it on. */
  public static final String PLANNER = "planner";

  /** The agent that is handed work. */
  public static final String WORKER = "worker";

  private static final List<String> IDS = List.of(AgentKey.CLIENT_ID, PLANNER, WORKER);

  private final Map<String, AgentKey> keys;

  private AgentKeys(Map<String, AgentKey> keys) {
    this.keys = keys;
  }

  public static AgentKeys generate() {
    return new AgentKeys(
        IDS.stream()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), AgentKey::generate)));
  }

  /** The agents; each id is also the id of the agent's client. */
  public Set<String> ids() {
    return keys.keySet();
  }

  /** The key of one agent. */
  public AgentKey of(String id) {
    AgentKey key = keys.get(id);
    if (key == null) {
      throw new IllegalArgumentException("no such agent: " + id);
    }
    return key;
  }

  /** Writes each private JWK below {@code folder} as {@code <agent id>.jwk}, for its owner only. */
  public void write(Path folder) throws IOException {
    for (AgentKey key : keys.values()) {
      key.write(folder);
    }
  }
}
