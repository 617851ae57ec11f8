package dev.aerie.vision.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.aerie.vision.onnx.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Tokenizes words for a text model, by its publisher's `tokenizer.json`. Safe
/// for several threads; owns native memory until [#close].
final class WordPieces implements AutoCloseable {

    /// As many pieces as Grounding DINO reads.
    static final int MAX = 256;

    private static final String STOP = ".";
    private static final int SPECIAL = 1;

    private final HuggingFaceTokenizer tokenizer;

    private WordPieces(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /// A text in pieces.
    ///
    /// - `ids`, `typeIds`: of each piece, as the model takes them
    /// - `isWord`: whether a piece is part of a word, rather than a mark
    /// - `sentences`: the number of full stops before each piece
    record Pieces(List<Long> ids, List<Long> typeIds, List<Boolean> isWord, List<Integer> sentences) {}

    /// Throws [ModelException] where `file` cannot be read as a tokenizer.
    static WordPieces open(Path file) throws ModelException {
        keepToThisMachine();
        try {
            var options = Map.of("truncation", "true", "maxLength", Integer.toString(MAX), "padding", "false");
            return new WordPieces(HuggingFaceTokenizer.newInstance(file, options));
        } catch (IOException | RuntimeException e) {
            throw new ModelException(file.getFileName() + " is not a tokenizer: " + e.getMessage(), e);
        }
    }

    /// The pieces of `words` in small letters, ended by a full stop, as the model was trained.
    Pieces of(String words) {
        String small = words.strip().toLowerCase(Locale.ROOT);
        Encoding encoding = tokenizer.encode(small.endsWith(STOP) ? small : small + STOP);
        var ids = new ArrayList<Long>();
        var typeIds = new ArrayList<Long>();
        var isWord = new ArrayList<Boolean>();
        var sentences = new ArrayList<Integer>();
        int stops = 0;
        for (int i = 0; i < encoding.getIds().length; i++) {
            ids.add(encoding.getIds()[i]);
            typeIds.add(encoding.getTypeIds()[i]);
            boolean isSpecial = encoding.getSpecialTokenMask()[i] == SPECIAL;
            isWord.add(!isSpecial
                    && Character.isLetterOrDigit(
                            encoding.getTokens()[i].replace("##", "x").charAt(0)));
            sentences.add(stops);
            stops += encoding.getTokens()[i].equals(STOP) ? 1 : 0;
        }
        return new Pieces(List.copyOf(ids), List.copyOf(typeIds), List.copyOf(isWord), List.copyOf(sentences));
    }

    /// The words that pieces are of.
    String words(List<Long> ids) {
        return tokenizer
                .decode(ids.stream().mapToLong(Long::longValue).toArray(), true)
                .strip();
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    /// The library would otherwise fetch another build of itself where there is a GPU, and report that it is used.
    static void keepToThisMachine() {
        System.setProperty("RUST_FLAVOR", "cpu");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }
}
