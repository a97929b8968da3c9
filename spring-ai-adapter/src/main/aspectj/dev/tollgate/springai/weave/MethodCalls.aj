package dev.tollgate.springai.weave;

import dev.tollgate.springai.WovenMethods;
import org.aspectj.lang.annotation.SuppressAjWarnings;
import org.springframework.ai.tool.annotation.Tool;

/**
 * Methods that are tools, whoever calls them. The annotation for MCP servers is matched by its
 * name: its package is another one in each line of Spring AI, and often neither is there.
 */
public final aspect MethodCalls {
  pointcut tool(): execution(@Tool * *(..)) || execution(@(*..McpTool) * *(..));

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(): tool() && if (WovenMethods.undecided(thisJoinPointStaticPart)) {
    return WovenMethods.decide(thisJoinPointStaticPart, thisJoinPoint.getArgs(), new MethodRest() {
      @Override
      public Object run() {
        return proceed();
      }
    });
  }
}
