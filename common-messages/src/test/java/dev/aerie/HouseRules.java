package dev.aerie;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The rules of the house, run by every module over its own classes: a module's `HouseRulesTest` extends this.
public abstract class HouseRules {

    /// Words that stood for terms of the field: `docs/glossary.md` gives the term for each.
    static final Set<String> FORMER_WORDS = Set.of(
            "Arbiter",
            "Asked",
            "Backtrack",
            "Belief",
            "Course",
            "Desk",
            "Footage",
            "Heard",
            "Hindsight",
            "Intake",
            "Looker",
            "Outliner",
            "Picture",
            "Rival",
            "Said",
            "Shelf",
            "Shot",
            "Sight",
            "Sighting",
            "Silhouette",
            "Speaker",
            "Told",
            "Trial",
            "Weather",
            "Wish");

    /// H.264 itself says "picture".
    private static final String BITSTREAM = "dev.aerie.video";

    static final ArchRule FIELD_TERMS = noClasses()
            .should(have(describe("a word in their name that docs/glossary.md replaces", HouseRules::hasFormerWord)));

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void packages_haveNoCycles() {
        slices().matching("dev.aerie.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /// Modules know each other in one direction only: a cycle of packages that none of them sees needs one in two.
    @Test
    void packages_lieInOneModule() throws IOException {
        var packages = CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        for (String name : packages) {
            String folder = name.replace('.', '/');
            var modules = new ArrayList<String>();
            for (URL place : Collections.list(HouseRules.class.getClassLoader().getResources(folder))) {
                if (!isOfTests(place) && holdsClasses(place, folder)) {
                    modules.add(place.toString());
                }
            }
            assertThat(modules).as("modules with the package %s", name).hasSize(1);
        }
    }

    private static boolean isOfTests(URL place) {
        return place.toString().contains("/test-classes/") || place.toString().contains("-tests.jar");
    }

    private static boolean holdsClasses(URL place, String folder) throws IOException {
        if (place.openConnection() instanceof JarURLConnection jar) {
            return jar.getJarFile().stream().anyMatch(entry -> entry.getName().matches(folder + "/[^/]+\\.class"));
        }
        try (Stream<Path> files = Files.list(Path.of(place.getPath()))) {
            return files.anyMatch(file -> file.toString().endsWith(".class"));
        }
    }

    @Test
    void sharedModules_knowNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.aerie.messages..",
                        "dev.aerie.settings..",
                        "dev.aerie.auth..",
                        "dev.aerie.geometry..",
                        "dev.aerie.ptz.camera..",
                        "dev.aerie.ptz.isapi..",
                        "dev.aerie.ptz.onvif..",
                        "dev.aerie.ptz.device..",
                        "dev.aerie.ptz.settings..",
                        "dev.aerie.video..",
                        "dev.aerie.rtsp..",
                        "dev.aerie.opencv..",
                        "dev.aerie.vision..",
                        "dev.aerie.evaluation..",
                        "dev.aerie.benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "io.quarkus..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void slamEngine_knowsNoFrameworkAndNoBus() {
        noClasses()
                .that()
                .resideInAPackage("dev.aerie.slam..")
                .and()
                .resideOutsideOfPackages(
                        "dev.aerie.slam",
                        "dev.aerie.slam.output..",
                        "dev.aerie.slam.pipeline..",
                        "dev.aerie.slam.web..",
                        "dev.aerie.slam.health..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "io.quarkus..", "dev.aerie.messages.amqp..", "dev.aerie.rtsp..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void ffmpeg_staysBehindItsDoor() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..rtsp.ffmpeg..", "..storage.segment..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco.ffmpeg..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void openCv_staysWhereFramesAreWorkedOn() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..opencv..", "..vision..", "..frames..", "..slam..", "..evaluation..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco.opencv..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void openCvThatWouldLoadWindows_isUsedAfterItsDoor() {
        var users = CLASSES.stream()
                .filter(user -> !user.getPackageName().equals("dev.aerie.opencv"))
                .filter(user ->
                        dependsOn(user, "org\\.bytedeco\\.opencv\\.(global\\.)?opencv_(features2d|calib3d|video)\\b.*"))
                .filter(user -> !dependsOn(user, "dev\\.aerie\\.opencv\\.OpenCv"))
                .map(JavaClass::getName);

        assertThat(users).as("call OpenCv.withoutWindows() first").isEmpty();
    }

    private static boolean dependsOn(JavaClass user, String names) {
        return user.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> dependency.getTargetClass().getName().matches(names));
    }

    @Test
    void devicesOfFfmpeg_areLoadedInOnePlace() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.aerie.rtsp.ffmpeg.FfmpegLibraries")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.bytedeco.ffmpeg.global.avdevice")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    /// Whose folders others could read.
    @Test
    void foldersOfServices_arePrivate() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.aerie.storage..",
                        "dev.aerie.frames..",
                        "dev.aerie.slam.output..",
                        "dev.aerie.ingest..",
                        "dev.aerie.ptz.measure..",
                        "dev.aerie.service..",
                        "dev.aerie.auth..",
                        "dev.aerie.tls..")
                .should()
                .callMethod(Files.class, "createDirectories", Path.class, FileAttribute[].class)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    /// In a plain chroot, no mount is found for any file.
    @Test
    void room_isAskedOfTheFolderNotOfTheTableOfMounts() {
        noClasses().should().callMethod(Files.class, "getFileStore", Path.class).check(CLASSES);
    }

    @Test
    void onnxRuntime_staysBehindItsDoor() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..vision.onnx..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.onnxruntime..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void staticFields_areFinal() {
        fields().that().areStatic().should().beFinal().allowEmptyShould(true).check(CLASSES);
    }

    /// A thread that dies without a word takes its part of a service with it: see `dev.aerie.threads`. The commands of
    /// `./aerie` and the simulator are processes that a person looks at.
    @Test
    void backgroundThreads_areMadeInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.aerie.threads..",
                        "dev.aerie.cli..",
                        "dev.aerie.host..",
                        "dev.aerie.benchmarks..",
                        "dev.aerie.evaluation..",
                        "dev.aerie.simulator..")
                .and()
                .doNotHaveFullyQualifiedName("dev.aerie.messages.amqp.BrokerSocket") // threads of the AMQP client
                .and()
                .doNotHaveFullyQualifiedName(
                        "dev.aerie.vision.onnx.OnnxRuntime") // a start on a larger stack, waited for
                .and()
                .doNotHaveFullyQualifiedName("dev.aerie.frames.GracefulShutdown") // a shutdown hook
                .and()
                .doNotHaveFullyQualifiedName("dev.aerie.broker.EmbeddedBroker") // a shutdown hook
                .should()
                .callMethod(Thread.class, "ofPlatform")
                .orShould()
                .callMethod(Thread.class, "ofVirtual")
                .orShould()
                .callMethod(Thread.class, "startVirtualThread", Runnable.class)
                .orShould()
                .callConstructorWhere(target(owner(assignableTo(Thread.class))))
                .orShould()
                .callConstructorWhere(target(owner(assignableTo(ExecutorService.class))))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Executors.class, Timer.class)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void names_sayWhatAClassIs() {
        noClasses()
                .should()
                .haveNameMatching(".*\\.[A-Za-z0-9]*(Utils|Helper|Manager|Impl|Base)$")
                .check(CLASSES);
    }

    @Test
    void names_areTheTermsOfTheField() {
        FIELD_TERMS.check(CLASSES);
    }

    private static boolean hasFormerWord(JavaClass named) {
        return Stream.of(named.getSimpleName().split("(?=[A-Z])"))
                .map(word -> word.replaceFirst("s$", ""))
                .anyMatch(word -> FORMER_WORDS.contains(word)
                        && !(word.equals("Picture") && named.getPackageName().startsWith(BITSTREAM)));
    }

    @Test
    void timeAndChance_areGiven() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Wiring")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .check(CLASSES);
    }
}
