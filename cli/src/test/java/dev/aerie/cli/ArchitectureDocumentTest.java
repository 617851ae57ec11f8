package dev.aerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Exchanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArchitectureDocumentTest {

    private static final Pattern EXCHANGE = Pattern.compile("\\b[a-z_]+_exchange\\b");

    @Test
    void frame_namesExactlyTheExchangesOfTheFleet() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("aerie.root"), "docs", "architecture.md"));

        var named = EXCHANGE.matcher(page).results().map(MatchResult::group).collect(Collectors.toSet());

        assertThat(new TreeSet<>(named)).isEqualTo(new TreeSet<>(Exchanges.ALL));
    }
}
