package dev.tollgate.oauth;

import dev.tollgate.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The agents as clients of the token server. An agent's client id is its agent id: the server
 * writes the one into {@code act}, and the gate knows the other.
 */
final class AgentClients {
  /** Why an agent is none of them. */
  static final String WHY_NOT =
      "it is not "
          + OAuthSettings.CLIENT_ID
          + ", and "
          + OAuthSettings.AGENTS
          + " has no <agent id>.jwk for it";

  private static final String SUFFIX = ".jwk";
  private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private final Map<String, ClientAuthentication> clients;

  private AgentClients(Map<String, ClientAuthentication> clients) {
    this.clients = Map.copyOf(clients);
  }

  /**
   * The configured client, and one for each {@code <agent id>.jwk} of the folder. All keys are read
   * at the start, so that no id of a later call is ever a path.
   *
   * @param folder {@code null} if the configured client is the only agent
   * @throws RuntimeException if the folder or a key in it cannot be used
   */
  static AgentClients read(String clientId, ClientAuthentication client, @Nullable Path folder) {
    Map<String, ClientAuthentication> clients = new HashMap<>();
    if (folder != null) {
      for (Path file : files(folder)) {
        String name = String.valueOf(file.getFileName());
        String agent = name.substring(0, name.length() - SUFFIX.length());
        if (!isName(agent)) {
          throw new ConfigurationException(
              OAuthSettings.AGENTS,
              "holds a file whose name is no agent id: letters, digits, . _ -");
        }
        ClientKey key = ClientKey.read(OAuthSettings.AGENTS, file);
        clients.put(agent, new ClientAuthentication(agent, key));
      }
    }
    clients.put(clientId, client);
    return new AgentClients(clients);
  }

  private static List<Path> files(Path folder) {
    try (var inside = Files.list(folder)) {
      return inside.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw new ConfigurationException(OAuthSettings.AGENTS, "is no folder that can be listed");
    }
  }

  /** Whether this could be an agent's name: nothing else may reach a log. */
  static boolean isName(String agent) {
    return SAFE_NAME.matcher(agent).matches();
  }

  /** The agents that are registered. */
  Set<String> agents() {
    return clients.keySet();
  }

  /** How the agent proves who it is, {@code null} if it has no registration. */
  @Nullable ClientAuthentication of(String agent) {
    return clients.get(agent);
  }
}
