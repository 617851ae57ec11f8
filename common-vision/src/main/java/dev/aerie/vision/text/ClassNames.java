package dev.aerie.vision.text;

import dev.aerie.vision.onnx.ModelException;
import java.util.List;
import java.util.Optional;

/// Names of classes as the one text that Grounding DINO reads: `person. traffic light.` An object's score for a name is
/// the mean of those of the name's pieces, so that `traffic` alone is no traffic light.
///
/// - `names`: in the order of the text
record ClassNames(List<String> names, WordPieces.Pieces pieces) {

    /// Throws [ModelException] for a name without a letter or with a full stop, and for more names than the network
    /// reads.
    static ClassNames of(List<String> names, WordPieces words) throws ModelException {
        for (String name : names) {
            if (name.contains(".") || name.chars().noneMatch(Character::isLetterOrDigit)) {
                throw new ModelException("'" + name + "' is no name that Grounding DINO can look for");
            }
        }
        var classNames = new ClassNames(List.copyOf(names), words.of(String.join(". ", names)));
        if (names.isEmpty() || classNames.pieces.sentences().getLast() < names.size()) {
            throw new ModelException("Grounding DINO reads 1 or more names of " + WordPieces.MAX
                    + " pieces together, was given " + names.size() + " names");
        }
        return classNames;
    }

    /// The name that an object matches best; empty where none has a score above `minScore`.
    ///
    /// - `scores`: of each piece, 0..1
    Optional<DinoOutput.Label> best(double[] scores, double minScore) {
        var sums = new double[names.size()];
        var counts = new int[names.size()];
        for (int piece = 0; piece < scores.length; piece++) {
            if (pieces.isWord().get(piece)) {
                sums[pieces.sentences().get(piece)] += scores[piece];
                counts[pieces.sentences().get(piece)]++;
            }
        }
        int best = 0;
        for (int name = 0; name < sums.length; name++) {
            sums[name] /= Math.max(1, counts[name]);
            best = sums[name] > sums[best] ? name : best;
        }
        return sums[best] > minScore
                ? Optional.of(new DinoOutput.Label(names.get(best), sums[best]))
                : Optional.empty();
    }
}
