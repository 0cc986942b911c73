package orders.bootstrap;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Duration;

/// The house, as the compiler alone would not hold it.
@AnalyzeClasses(packages = "orders", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule arrowsPointInwardAndAdaptersNeverSeeEachOther =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("orders..")
          .layer("domain")
          .definedBy("orders.domain..")
          .layer("application")
          .definedBy("orders.application..")
          .layer("http")
          .definedBy("orders.http..")
          .layer("persistence")
          .definedBy("orders.postgres..")
          .layer("partners")
          .definedBy("orders.partners..")
          .layer("bootstrap")
          .definedBy("orders.bootstrap..")
          .whereLayer("domain")
          .mayNotAccessAnyLayer()
          .whereLayer("application")
          .mayOnlyAccessLayers("domain")
          .whereLayer("http")
          .mayOnlyAccessLayers("application", "domain")
          .whereLayer("persistence")
          .mayOnlyAccessLayers("application", "domain")
          .whereLayer("partners")
          .mayOnlyAccessLayers("application", "domain")
          .whereLayer("bootstrap")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule theDomainNeedsTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("orders.domain..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("orders.domain..", "java.lang..", "java.util..", "java.time..")
                  .or(resideInAPackage("org.jspecify.annotations")));

  @ArchTest
  static final ArchRule theApplicationNeedsNoFramework =
      classes()
          .that()
          .resideInAPackage("orders.application..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "orders.application..",
                  "orders.domain..",
                  "java.lang..",
                  "java.util..",
                  "java.time..",
                  "java.io",
                  // The circuit breaker of the dispatcher.
                  "dev.failsafe",
                  "org.slf4j",
                  "org.jspecify.annotations"));

  @ArchTest
  static final ArchRule portsKnowNeitherUseCasesNorDispatch =
      noClasses()
          .that()
          .resideInAPackage("orders.application.port")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("orders.application.usecase", "orders.application.dispatch");

  @ArchTest
  static final ArchRule dispatchKnowsNoUseCase =
      noClasses()
          .that()
          .resideInAPackage("orders.application.dispatch")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("orders.application.usecase");

  @ArchTest
  static final ArchRule httpStaysInItsRoom =
      onlyIn("orders.http..", "io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule onlyPartnersAndKeysAreAskedForOverHttpAndForTrainingTheServerItself =
      noClasses()
          .that(not(resideInAPackage("orders.partners..")))
          .and()
          .doNotHaveFullyQualifiedName("orders.http.auth.JwksEndpoint")
          .and()
          .doNotHaveFullyQualifiedName("orders.bootstrap.Training")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..");

  @ArchTest
  static final ArchRule jsonStaysWhereItIsSpoken =
      noClasses()
          .that(not(resideInAnyPackage("orders.http..", "orders.partners..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule sqlStaysInItsRoom =
      onlyIn(
          "orders.postgres..",
          "java.sql..",
          "javax.sql..",
          "org.postgresql..",
          "com.zaxxer..",
          "org.flywaydb..");

  @ArchTest
  static final ArchRule injectionAndSettingsStayInTheirRoom =
      onlyIn("orders.bootstrap..", "com.google.inject..", "com.typesafe..", "io.zonky..");

  @ArchTest
  static final ArchRule tokensAndHashesStayInTheirRoom =
      onlyIn("orders.http.auth..", "com.nimbusds..", "com.password4j..");

  @ArchTest
  static final ArchRule figuresAreKeptInOneRoom =
      onlyIn("orders.bootstrap.metrics..", "io.micrometer..", "io.prometheus..");

  @ArchTest
  static final ArchRule howTheLogIsWrittenIsKnownInOneRoom =
      onlyIn("orders.bootstrap.logs..", "ch.qos.logback..");

  private static ArchRule onlyIn(String room, String... libraries) {
    return noClasses()
        .that(not(resideInAPackage(room)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries);
  }

  @ArchTest
  static final ArchRule namesSayTheRole =
      classes()
          .should()
          .haveNameNotMatching(
              ".*\\.(\\w*(Util|Utils|Helper|Helpers|Manager|Common|Impl|Service|UseCase)|I[A-Z][a-z]\\w*)");

  @ArchTest
  static final ArchRule useCasesAreFinalClassesWithOneMethod =
      classes()
          .that()
          .resideInAPackage("orders.application.usecase")
          .and()
          .areTopLevelClasses()
          .and()
          .areNotInterfaces()
          .and()
          .doNotHaveSimpleName("package-info")
          .and()
          // What cancelling and retrying share, and what all that write share.
          .doNotHaveSimpleName("OrderMover")
          .and()
          .doNotHaveSimpleName("SettledWrites")
          .should()
          .haveModifier(JavaModifier.FINAL)
          .andShould(haveOnePublicMethod());

  @ArchTest
  static final ArchRule classesAreFinalUnlessTheyAreMadeToBeExtended =
      classes()
          .that()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .and()
          .areNotAnonymousClasses()
          .and()
          .doNotHaveSimpleName("package-info")
          .should()
          .haveModifier(JavaModifier.FINAL);

  @ArchTest
  static final ArchRule onlySimulatedPartnersSleep =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("orders.partners.SimulatedPartner")
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", Duration.class);

  private static ArchCondition<JavaClass> haveOnePublicMethod() {
    return new ArchCondition<>("have one public method") {
      @Override
      public void check(JavaClass useCase, ConditionEvents events) {
        long count =
            useCase.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .count();
        events.add(
            new SimpleConditionEvent(
                useCase, count == 1, useCase.getName() + " has " + count + " public methods"));
      }
    };
  }
}
