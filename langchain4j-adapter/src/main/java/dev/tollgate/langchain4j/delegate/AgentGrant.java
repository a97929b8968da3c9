package dev.tollgate.langchain4j.delegate;

import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.tollgate.delegation.Grant;

/**
 * What {@link Delegate} says, for an agent that is built by a program: {@code
 * agentBuilder.toolProvider(AgentGrant.of(Grant.to("writer").tools("send")))}. It provides no tool:
 * a tool provider is what agents keep however often they are built again. With several, and the
 * annotation, what all of them grant counts. Immutable.
 */
public final class AgentGrant implements ToolProvider {
  private final Grant grant;

  private AgentGrant(Grant grant) {
    this.grant = grant;
  }

  /**
   * At most this.
   *
   * @param grant with the agent's name as its receiver
   */
  public static AgentGrant of(Grant grant) {
    return new AgentGrant(grant);
  }

  Grant grant() {
    return grant;
  }

  @Override
  public ToolProviderResult provideTools(ToolProviderRequest request) {
    return ToolProviderResult.builder().build();
  }
}
