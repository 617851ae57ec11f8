package dev.aerie.evaluation.vos;

import java.util.Collection;

/// How well twins were kept apart in one crossing.
///
/// - `name`: of the video
/// - `j`: intersection over union of each twin's mask with its true one, mean over twins and frames, 0..1
/// - `switched`: twins whose mask lies on the other one at the end
/// - `lost`: twins whose mask lies on neither
public record TwinsScore(String name, double j, int switched, int lost) {

    /// Mean J, sums of the counts; throws [IllegalArgumentException] for none.
    public static TwinsScore of(String name, Collection<TwinsScore> scores) {
        return new TwinsScore(
                name,
                scores.stream()
                        .mapToDouble(TwinsScore::j)
                        .average()
                        .orElseThrow(() -> new IllegalArgumentException("no crossing was scored")),
                scores.stream().mapToInt(TwinsScore::switched).sum(),
                scores.stream().mapToInt(TwinsScore::lost).sum());
    }

    /// Whether each twin's mask lies on that twin at the end.
    public boolean isKept() {
        return switched == 0 && lost == 0;
    }
}
