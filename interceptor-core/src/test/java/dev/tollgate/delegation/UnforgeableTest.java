package dev.tollgate.delegation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever holds a verified delegation need not ask whether it was verified. */
class UnforgeableTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.tollgate");

  @Test
  void onlyTheVerifierMakesOne() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(DelegationVerifier.class.getName())
        .should()
        .callConstructor(VerifiedDelegation.class, String.class, List.class, String.class)
        .check(CORE);
    assertThat(CORE.get(VerifiedDelegation.class).getConstructorCallsToSelf()).hasSize(1);
  }

  @Test
  void nobodyOutsideCanMakeOneOrSubclassIt() {
    assertThat(VerifiedDelegation.class.getDeclaredConstructors())
        .hasSize(1)
        .noneMatch(made -> Modifier.isPublic(made.getModifiers()))
        .noneMatch(made -> Modifier.isProtected(made.getModifiers()));
    assertThat(VerifiedDelegation.class).isFinal();
    assertThat(Serializable.class.isAssignableFrom(VerifiedDelegation.class)).isFalse();
    assertThat(Delegation.class.getPermittedSubclasses())
        .containsExactly(VerifiedDelegation.class, RefusedDelegation.class);
  }

  @Test
  void noPublicMethodGivesOneAway() {
    assertThat(
            CORE.stream()
                .filter(type -> type.getPackageName().equals("dev.tollgate.delegation"))
                .map(type -> type.reflect())
                .filter(type -> Modifier.isPublic(type.getModifiers()))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getReturnType() == VerifiedDelegation.class)
                .map(Method::toString))
        .isEmpty();
  }

  @Test
  void signingStaysInTheRoom() {
    for (Class<?> type :
        List.of(DelegationKeys.class, DelegationVerifier.class, DelegationClaims.class)) {
      assertThat(Modifier.isPublic(type.getModifiers())).as(type.getName()).isFalse();
      for (Constructor<?> made : type.getDeclaredConstructors()) {
        assertThat(Modifier.isPublic(made.getModifiers())).as(type.getName()).isFalse();
      }
    }
  }

  @Test
  void neitherTheTokenNorTheSubjectShowsInATrace() {
    Office office = new Office();
    String token = office.delegate(office.task(), Office.toClerk());
    Object claims = Office.read(token);
    Object given = Office.verified(office.accept(token, "clerk"));
    assertThat(claims.toString() + given).doesNotContain(token).doesNotContain("alice");
  }
}
