package dev.aerie.vision.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.DetectionResult;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.testing.ThingWorld;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The strategy of a stream turns to what people choose, from one frame to the next.
final class SwitchablePromptsTest {

    private final AtomicInteger openDetectors = new AtomicInteger();
    private final StrategyChoice choice = new StrategyChoice(StrategyKind.NONE, "thing.");
    private final VideoFrame frame = ThingWorld.of().frame("s", 0);
    private boolean proposes = true;
    private boolean names = true;

    @Test
    void see_strategyChosen_turnsToItOnceAndClosesTheOneBefore() throws Exception {
        try (var prompts = strategies(true).openSwitchable(choice)) {
            prompts.observe(frame);
            assertThat(prompts.hasChanged()).isFalse();
            assertThat(prompts.propose(frame)).isEmpty();

            choice.setKind(StrategyKind.DETECTOR);
            prompts.observe(frame);
            assertThat(prompts.hasChanged()).isTrue();
            assertThat(prompts.propose(frame)).extracting(Candidate::label).containsExactly("car", "person");
            assertThat(openDetectors).hasValue(1);

            prompts.observe(frame);
            assertThat(prompts.hasChanged()).isFalse();
            choice.setKind(StrategyKind.NONE);
            prompts.observe(frame);
            assertThat(openDetectors).hasValue(0);
        }
    }

    @Test
    void see_wordsChosen_areLookedForAmongTheNamesOfTheDetector() throws Exception {
        choice.setKind(StrategyKind.TEXT);
        choice.words().set("Person.");
        try (var prompts = strategies(true).openSwitchable(choice)) {
            prompts.observe(frame);
            assertThat(prompts.propose(frame)).extracting(Candidate::label).containsExactly("person");

            choice.words().set("car, person");
            prompts.observe(frame);
            assertThat(prompts.hasChanged()).isTrue();
            assertThat(prompts.propose(frame)).extracting(Candidate::label).containsExactly("car", "person");
        }
        assertThat(openDetectors).hasValue(0);
    }

    @Test
    void see_strategyThatCannotBeOpened_goesOnWithTheOneBefore() throws Exception {
        try (var prompts = strategies(false).openSwitchable(choice)) {
            choice.words().set("car.");
            choice.setKind(StrategyKind.TEXT);

            prompts.observe(frame);

            assertThat(prompts.hasChanged()).isFalse();
            assertThat(choice.kind()).isEqualTo(StrategyKind.NONE);
            assertThat(choice.words().words()).isEqualTo("thing.");
            assertThat(prompts.propose(frame)).isEmpty();
        }
    }

    @Test
    void names_detectorOnlyNames_areItsSureDetectionsBesideWhatMoves() throws Exception {
        proposes = false;
        choice.setKind(StrategyKind.DETECTOR);
        try (var prompts = strategies(true).openSwitchable(choice)) {
            prompts.observe(frame);

            assertThat(prompts.propose(frame)).as("nothing moves").isEmpty();
            assertThat(prompts.current()).isPresent();
            assertThat(prompts.names(frame)).extracting(Detection::label).containsExactly("car", "person");
            assertThat(openDetectors).hasValue(1);

            choice.setKind(StrategyKind.HYBRID);
            prompts.observe(frame);
            assertThat(prompts.propose(frame)).extracting(Candidate::source).doesNotContain("detector");
            assertThat(prompts.names(frame)).extracting(Detection::label).containsExactly("car", "person");

            choice.setKind(StrategyKind.TEXT);
            choice.words().set("person.");
            prompts.observe(frame);
            assertThat(prompts.propose(frame)).extracting(Candidate::label).containsExactly("person");
            assertThat(prompts.names(frame)).isEmpty();
        }
        assertThat(openDetectors).hasValue(0);
    }

    @Test
    void names_slowDetectorOrNone_doNotAskIt() throws Exception {
        names = false;
        choice.setKind(StrategyKind.MOTION);
        for (boolean withDetector : new boolean[] {true, false}) {
            try (var prompts = strategies(withDetector).openSwitchable(choice)) {
                prompts.observe(frame);

                assertThat(prompts.names(frame)).isEmpty();
                assertThat(openDetectors).hasValue(0);
            }
        }
    }

    private PromptStrategies strategies(boolean withDetector) {
        return new PromptStrategies(
                withDetector ? Optional.of(new Scripted()) : Optional.empty(),
                () -> new MotionDetector(20),
                TextSearch.without("no text detector is installed"));
    }

    /// Finds a car and a person in every frame, and what it is not sure of.
    private final class Scripted implements PromptStrategies.DetectorSource {

        @Override
        public List<String> labels() {
            return List.of("car", "person");
        }

        @Override
        public boolean isProposing() {
            return proposes;
        }

        @Override
        public boolean isNaming() {
            return names;
        }

        @Override
        public Detector open() {
            openDetectors.incrementAndGet();
            return new Detector() {
                @Override
                public DetectionResult detect(VideoFrame frame) {
                    return new DetectionResult(
                            List.of(
                                    new Detection(new Box(10, 10, 40, 30), "car", 0.9),
                                    new Detection(new Box(100, 10, 20, 50), "person", 0.8),
                                    new Detection(new Box(200, 10, 20, 50), "person", 0.2)),
                            Optional.empty());
                }

                @Override
                public String name() {
                    return "scripted";
                }

                @Override
                public void close() {
                    openDetectors.decrementAndGet();
                }
            };
        }
    }
}
