package dev.aerie.vision.prompt;

/// The words that a text detector detects in one stream. Set by any thread.
public final class TextQuery {

    /// Longest text: a text detector reads 256 tokens at most.
    public static final int MAX_CHARACTERS = 500;

    private volatile String words;

    /// Throws [IllegalArgumentException] as [#set] does.
    public TextQuery(String words) {
        this.words = checked(words);
    }

    /// Names of things, each ended by a full stop: `red car. person.`
    public String words() {
        return words;
    }

    /// Throws [IllegalArgumentException] for no words, or more than [#MAX_CHARACTERS] characters.
    public void set(String words) {
        this.words = checked(words);
    }

    private static String checked(String words) {
        if (words.isBlank() || words.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "text must have 1 to " + MAX_CHARACTERS + " characters, had " + words.length());
        }
        return words.strip();
    }
}
