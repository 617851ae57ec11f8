package dev.aerie.ptz.aim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresetTourTest {

    private static final long SECOND = 1_000_000_000L;

    private final PresetTour tour = new PresetTour(new AimMode.Tour(
            List.of(new TourStop("gate", Duration.ofSeconds(5)), new TourStop("yard", Duration.ofSeconds(10)))));

    @Test
    void due_timePasses_goesRoundTheStops() {
        assertThat(tour.due(100 * SECOND)).contains("gate");
        assertThat(tour.due(104 * SECOND)).isEmpty();
        assertThat(tour.due(105 * SECOND)).contains("yard");
        assertThat(tour.due(114 * SECOND)).isEmpty();
        assertThat(tour.due(115 * SECOND)).contains("gate");
    }

    @Test
    void due_afterResume_goesToTheSameStopAgain() {
        tour.due(0);
        tour.due(5 * SECOND);
        tour.resume();

        assertThat(tour.due(6 * SECOND)).contains("yard");
        assertThat(tour.due(7 * SECOND)).isEmpty();
    }

    @Test
    void due_resumeBeforeTheFirstStop_beginsWithTheFirst() {
        tour.resume();

        assertThat(tour.due(0)).contains("gate");
    }
}
