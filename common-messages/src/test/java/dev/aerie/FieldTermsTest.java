package dev.aerie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rule about names refuses what it must, and the glossary translates every word that it refuses.
final class FieldTermsTest {

    @ParameterizedTest
    @ValueSource(classes = {PromptDesk.class, KeptPictures.class, Said.class})
    void fieldTerms_formerWord_isRefused(Class<?> named) {
        assertThatThrownBy(() -> check(named))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(named.getSimpleName());
    }

    @ParameterizedTest
    @ValueSource(classes = {Desktop.class, Snapshot.class, Insight.class})
    void fieldTerms_wordThatOnlyContainsOne_isTaken(Class<?> named) {
        assertThatCode(() -> check(named)).doesNotThrowAnyException();
    }

    @Test
    void glossary_translatesEveryRefusedWord() throws IOException {
        String glossary = Files.readString(Path.of(System.getProperty("aerie.root"), "docs", "glossary.md"));

        assertThat(HouseRules.FORMER_WORDS)
                .allSatisfy(word -> assertThat(glossary).containsPattern("(?i)\\b" + word + "s?\\b"));
    }

    private static void check(Class<?> named) {
        HouseRules.FIELD_TERMS.check(new ClassFileImporter().importClasses(named));
    }

    private static final class PromptDesk {}

    private static final class KeptPictures {}

    private static final class Said {}

    private static final class Desktop {}

    private static final class Snapshot {}

    private static final class Insight {}
}
