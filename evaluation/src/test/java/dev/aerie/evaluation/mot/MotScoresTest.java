package dev.aerie.evaluation.mot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.Box;
import dev.aerie.messages.testing.SharedData;
import dev.aerie.vision.mot.ByteTrack;
import dev.aerie.vision.mot.ByteTrackConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MotScoresTest {

    @Test
    void of_theTruthItself_isPerfect() {
        var truth = walk(1, 1, 20, 0);
        var scores = MotScores.of(new MotSequence("walk", List.of(), truth), truth);
        assertThat(scores).isEqualTo(new MotScores(100, 100, 100, 100, 100, 0));
    }

    @Test
    void of_nothingFound_isZero() {
        var scores = MotScores.of(new MotSequence("walk", List.of(), walk(1, 1, 20, 0)), List.of());
        assertThat(scores).isEqualTo(new MotScores(0, 0, 0, 0, 0, 0));
    }

    /// One object of 20 boxes, found in all of them as two identities of 10: one switch, half the identities right,
    /// and an association of 1/2 for each of the halves.
    @Test
    void of_identityBrokenInTheMiddle_costsWhatTheDefinitionsSay() {
        var found = new ArrayList<>(walk(7, 1, 10, 0));
        found.addAll(walk(8, 11, 20, 0));
        var scores = MotScores.of(new MotSequence("walk", List.of(), walk(1, 1, 20, 0)), found);
        assertThat(scores.idSwitches()).isEqualTo(1);
        assertThat(scores.mota()).isCloseTo(95, within(1e-9));
        assertThat(scores.idf1()).isCloseTo(50, within(1e-9));
        assertThat(scores.detectionAccuracy()).isCloseTo(100, within(1e-9));
        assertThat(scores.associationAccuracy()).isCloseTo(50, within(1e-9));
    }

    /// Boxes moved by a fifth overlap by 2/3: right for MOTA, and for 13 of HOTA's 19 thresholds.
    @Test
    void of_boxesBeside_countWhereTheOverlapAllows() {
        var scores = MotScores.of(new MotSequence("walk", List.of(), walk(1, 1, 20, 0)), walk(1, 1, 20, 10));
        assertThat(scores.mota()).isCloseTo(100, within(1e-9));
        assertThat(scores.hota()).isCloseTo(100.0 * 13 / 19, within(1e-9));
    }

    @Test
    void of_inventedObject_costsAccuracy() {
        var found = new ArrayList<>(walk(1, 1, 20, 0));
        found.addAll(walk(2, 1, 5, 500));
        var scores = MotScores.of(new MotSequence("walk", List.of(), walk(1, 1, 20, 0)), found);
        assertThat(scores.mota()).isCloseTo(75, within(1e-9));
        assertThat(scores.idf1()).isCloseTo(100.0 * 40 / 45, within(1e-9));
    }

    /// Floors a little below what TrackEval gives for a plain ByteTrack on the same detections: HOTA 41.85, MOTA
    /// 53.36, IDF1 54.27, 198 switches.
    @Test
    void combined_byteTrackOnMot2015_isAsGoodAsTheReference() throws IOException {
        var sequences = MotSequence.readAll(SharedData.require("data/mot15"));
        var scores = MotRun.combined(sequences.stream()
                .map(sequence -> MotRun.of(sequence, new ByteTrack(ByteTrackConfig.DEFAULT)))
                .toList());
        assertThat(scores.mota()).isGreaterThan(52.5);
        assertThat(scores.idf1()).isGreaterThan(53);
        assertThat(scores.hota()).isGreaterThan(41);
        assertThat(scores.idSwitches()).isLessThan(230);
    }

    @Test
    void track_twice_isTheSame() throws IOException {
        var sequence = MotSequence.read(SharedData.require("data/mot15/TUD-Campus"));
        assertThat(MotRun.of(sequence, new ByteTrack(ByteTrackConfig.DEFAULT)).found())
                .isEqualTo(MotRun.of(sequence, new ByteTrack(ByteTrackConfig.DEFAULT))
                        .found());
    }

    private static List<MotBox> walk(long id, int from, int to, double asidePixels) {
        var boxes = new ArrayList<MotBox>();
        for (int frame = from; frame <= to; frame++) {
            boxes.add(new MotBox(frame, id, new Box(frame * 3 + asidePixels, 20, 50, 100), 1));
        }
        return boxes;
    }
}
