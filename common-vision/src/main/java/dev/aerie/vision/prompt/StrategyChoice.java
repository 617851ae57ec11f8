package dev.aerie.vision.prompt;

/// The prompt strategy of one stream, and the words of strategy `text`. Set by any thread, read by the stream's own.
public final class StrategyChoice {

    private final TextQuery words;
    private volatile StrategyKind kind;

    /// Throws [IllegalArgumentException] as [TextQuery] does.
    public StrategyChoice(StrategyKind kind, String words) {
        this.kind = kind;
        this.words = new TextQuery(words);
    }

    public StrategyKind kind() {
        return kind;
    }

    public void setKind(StrategyKind kind) {
        this.kind = kind;
    }

    /// The words, read and set in place.
    public TextQuery words() {
        return words;
    }
}
