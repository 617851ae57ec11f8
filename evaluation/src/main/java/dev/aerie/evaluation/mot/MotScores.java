package dev.aerie.evaluation.mot;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/// Tracking scores of one or several videos; in percent, except the identity switches.
public record MotScores(
        double hota, double detectionAccuracy, double associationAccuracy, double mota, double idf1, long idSwitches) {

    /// Of one video.
    public static MotScores of(MotSequence sequence, List<MotBox> found) {
        return Parts.of(sequence.beside(found)).scores();
    }

    /// Of several videos together, weighted by their boxes.
    ///
    /// - `sequences` and `found`: in the same order
    public static MotScores combined(List<MotSequence> sequences, List<List<MotBox>> found) {
        var parts = IntStream.range(0, sequences.size())
                .mapToObj(i -> Parts.of(sequences.get(i).beside(found.get(i))))
                .toList();
        return Parts.sum(parts).scores();
    }

    private record Parts(ClearScores clear, IdentityScores identity, HotaScores hota) {

        static Parts of(List<MotFrame> frames) {
            return new Parts(ClearScores.of(frames), IdentityScores.of(frames), HotaScores.of(frames));
        }

        static Parts sum(Collection<Parts> all) {
            return all.stream()
                    .reduce((a, b) ->
                            new Parts(a.clear.plus(b.clear), a.identity.plus(b.identity), a.hota.plus(b.hota)))
                    .orElseThrow(() -> new IllegalArgumentException("no sequence to score"));
        }

        MotScores scores() {
            return new MotScores(
                    hota.hotaPercent(),
                    hota.detectionPercent(),
                    hota.associationPercent(),
                    clear.motaPercent(),
                    identity.idf1Percent(),
                    clear.identitySwitches());
        }
    }
}
