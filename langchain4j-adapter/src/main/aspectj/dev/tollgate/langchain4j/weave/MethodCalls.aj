package dev.tollgate.langchain4j.weave;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.tollgate.langchain4j.WovenMethods;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/**
 * Methods that are decided on when they are called, whoever calls them. The arguments are bound for
 * each number of them: an object that holds any number would be made at each call, also at those
 * that were decided on. Of the advices one fits a method, so its test is made once per call.
 */
abstract aspect MethodCalls {
  /** Which methods. */
  abstract pointcut methods();

  /** Takes a call through the gate. */
  public abstract Object decide(JoinPoint.StaticPart at, Object[] arguments, Proceeding rest);

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(): methods() && args() && if (WovenMethods.undecided(thisJoinPointStaticPart)) {
    return decide(thisJoinPointStaticPart, new Object[] {}, new Proceeding() {
      @Override
      public Object with(ToolExecutionRequest none) {
        return proceed();
      }
    });
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(Object a): methods() && args(a) && if (WovenMethods.undecided(thisJoinPointStaticPart)) {
    return decide(thisJoinPointStaticPart, new Object[] {a}, new Proceeding() {
      @Override
      public Object with(ToolExecutionRequest none) {
        return proceed(a);
      }
    });
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(Object a, Object b): methods() && args(a, b) && if (WovenMethods.undecided(thisJoinPointStaticPart)) {
    return decide(thisJoinPointStaticPart, new Object[] {a, b}, new Proceeding() {
      @Override
      public Object with(ToolExecutionRequest none) {
        return proceed(a, b);
      }
    });
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(Object a, Object b, Object c): methods() && args(a, b, c) && if (WovenMethods.undecided(thisJoinPointStaticPart)) {
    return decide(thisJoinPointStaticPart, new Object[] {a, b, c}, new Proceeding() {
      @Override
      public Object with(ToolExecutionRequest none) {
        return proceed(a, b, c);
      }
    });
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(Object a, Object b, Object c, Object d): methods() && args(a, b, c, d) && if (WovenMethods.undecided(thisJoinPointStaticPart)) {
    return decide(thisJoinPointStaticPart, new Object[] {a, b, c, d}, new Proceeding() {
      @Override
      public Object with(ToolExecutionRequest none) {
        return proceed(a, b, c, d);
      }
    });
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(): methods() && args(*, *, *, *, *, ..) && if (WovenMethods.undecided(thisJoinPointStaticPart)) {
    return decide(thisJoinPointStaticPart, thisJoinPoint.getArgs(), new Proceeding() {
      @Override
      public Object with(ToolExecutionRequest none) {
        return proceed();
      }
    });
  }
}
