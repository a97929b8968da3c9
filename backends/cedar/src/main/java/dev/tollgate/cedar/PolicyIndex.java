package dev.tollgate.cedar;

import dev.tollgate.tool.Tool;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Policies by the action they can apply to. There are no more slices than the manifest has tools
 * and sources: nothing that a model or a tool server invents makes one.
 */
final class PolicyIndex {
  private final ToolActions actions;
  private final List<LoadedPolicy> policies;
  private final ConcurrentMap<ToolAction, Slice> slices = new ConcurrentHashMap<>();

  /**
   * @throws CedarPolicyException if the policies do not fit the tools
   */
  PolicyIndex(List<LoadedPolicy> policies, ToolActions actions) {
    this.actions = actions;
    this.policies = List.copyOf(policies);
    PolicyCheck.check(this.policies, actions.all());
    actions.expected().forEach(this::slice);
  }

  Slice slice(Tool tool) {
    return slice(actions.of(tool));
  }

  /** The slice in place of one that Cedar lost; several threads may have noticed. */
  Slice renew(Tool tool, Slice lost) {
    return slices.compute(
        actions.of(tool), (action, now) -> now == null || now == lost ? made(action) : now);
  }

  int size() {
    return slices.size();
  }

  /**
   * Made at load, except for a tool listed without a source that comes from a source which others
   * are listed with.
   */
  private Slice slice(ToolAction action) {
    Slice known = slices.get(action);
    if (known != null) {
      return known;
    }
    return slices.computeIfAbsent(action, this::made);
  }

  private Slice made(ToolAction action) {
    return new Slice(action, policies.stream().filter(p -> p.scope().covers(action)).toList());
  }
}
