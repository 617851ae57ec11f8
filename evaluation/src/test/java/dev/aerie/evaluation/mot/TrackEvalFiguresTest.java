package dev.aerie.evaluation.mot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.Box;
import dev.aerie.messages.testing.SharedData;
import java.io.IOException;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The true tracks of six videos, spoiled by a formula, against what TrackEval says about the same files.
///
/// TrackEval (Luiten and Hoffhues 2020) was run with `--BENCHMARK MOT15 --DO_PREPROC False --METRICS HOTA CLEAR
/// Identity`.
final class TrackEvalFiguresTest {

    private static final Offset<Double> ROUNDING = within(0.0006);
    private static final int FRAMES_OF_AN_IDENTITY = 40;

    @ParameterizedTest
    @CsvSource({
        "ADL-Rundle-6, 25.578, 59.777, 11.016, 88.161, 17.881, 128",
        "ETH-Sunnyday, 38.618, 59.166, 25.300, 88.536, 43.473, 44",
        "KITTI-17, 39.213, 58.827, 26.371, 88.726, 45.057, 16",
        "PETS09-S2L1, 24.528, 58.667, 10.381, 88.450, 16.429, 111",
        "TUD-Campus, 47.688, 62.060, 36.690, 88.301, 65.015, 10",
        "TUD-Stadtmitte, 32.889, 59.623, 18.271, 87.630, 31.083, 36",
    })
    void of_spoiledTruth_isWhatTrackEvalSays(
            String name, double hota, double deta, double assa, double mota, double idf1, long switches)
            throws IOException {
        var sequence = MotSequence.read(SharedData.require("data/mot15/" + name));
        requireEqual(MotScores.of(sequence, spoiled(sequence)), new MotScores(hota, deta, assa, mota, idf1, switches));
    }

    @Test
    void combined_spoiledTruth_isWhatTrackEvalSays() throws IOException {
        var sequences = MotSequence.readAll(SharedData.require("data/mot15"));
        var found = sequences.stream().map(TrackEvalFiguresTest::spoiled).toList();
        requireEqual(MotScores.combined(sequences, found), new MotScores(29.587, 59.315, 14.862, 88.295, 24.662, 345));
    }

    private static void requireEqual(MotScores ours, MotScores theirs) {
        assertThat(ours.hota()).isCloseTo(theirs.hota(), ROUNDING);
        assertThat(ours.detectionAccuracy()).isCloseTo(theirs.detectionAccuracy(), ROUNDING);
        assertThat(ours.associationAccuracy()).isCloseTo(theirs.associationAccuracy(), ROUNDING);
        assertThat(ours.mota()).isCloseTo(theirs.mota(), ROUNDING);
        assertThat(ours.idf1()).isCloseTo(theirs.idf1(), ROUNDING);
        assertThat(ours.idSwitches()).isEqualTo(theirs.idSwitches());
    }

    /// One box in eleven is missing, the others lie up to 4/13 of their width beside, and an identity lasts 40 frames.
    private static List<MotBox> spoiled(MotSequence sequence) {
        return sequence.truth().stream()
                .filter(box -> (7L * box.frame() + 3L * box.id()) % 11 != 0)
                .map(TrackEvalFiguresTest::spoiled)
                .toList();
    }

    private static MotBox spoiled(MotBox truth) {
        Box box = truth.box();
        long sideways = truth.frame() * truth.id() % 9 - 4;
        double left = Math.round((box.leftPixels() + sideways * box.widthPixels() / 13) * 100) / 100.0;
        long id = truth.id() + 1000 * ((truth.frame() + 13 * truth.id()) / FRAMES_OF_AN_IDENTITY);
        return new MotBox(truth.frame(), id, new Box(left, box.topPixels(), box.widthPixels(), box.heightPixels()), 1);
    }
}
