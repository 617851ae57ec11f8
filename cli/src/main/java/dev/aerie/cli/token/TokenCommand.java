package dev.aerie.cli.token;

import dev.aerie.auth.ApiToken;
import dev.aerie.auth.Role;
import dev.aerie.auth.TokenFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes and removes API tokens: `./aerie token`. Each method returns the exit status.
@Command(name = "token", description = "API tokens with roles.", mixinStandardHelpOptions = true)
public final class TokenCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    private final Path usual;
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(arity = "0..*", hidden = true)
    void others(List<String> names) {
        // Any other action: prints the usage.
    }

    /// - `environment`: `AERIE_TOKENS` is the file, else `~/.aerie/tokens`
    public TokenCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        String file = environment.getOrDefault("AERIE_TOKENS", "");
        this.usual = file.isEmpty() ? Path.of(System.getProperty("user.home"), ".aerie", "tokens") : Path.of(file);
        this.out = out;
        this.err = err;
    }

    /// With an unknown action, or none.
    @Override
    public Integer call() {
        throw new IllegalArgumentException("token add NAME viewer|operator|admin, or token remove NAME");
    }

    /// Prints the token on a line of its own: nobody can read it from the file later.
    @Command(description = "Makes a token and prints it, once.", mixinStandardHelpOptions = true)
    public int add(
            @Parameters(index = "0", paramLabel = "NAME", description = "Who is to have it.") String name,
            @Parameters(index = "1", paramLabel = "ROLE", description = "viewer, operator or admin.") String role,
            @Option(names = "--file", description = "Default: AERIE_TOKENS, else ~/.aerie/tokens.") @Nullable Path file)
            throws IOException {
        var known = Role.of(role)
                .orElseThrow(() -> new IllegalArgumentException("a role is viewer, operator or admin, not " + role));
        String token = ApiToken.make(new SecureRandom());
        TokenFile.add(file(file), ApiToken.of(name, known, token));
        out.println(token);
        err.println(name + " may do what the role " + role + " may, where AERIE_TOKENS=" + file(file));
        return 0;
    }

    /// Services forget it within a second.
    @Command(description = "Removes the token of NAME.", mixinStandardHelpOptions = true)
    public int remove(
            @Parameters(index = "0", paramLabel = "NAME", description = "Who has it.") String name,
            @Option(names = "--file", description = "Default: AERIE_TOKENS, else ~/.aerie/tokens.") @Nullable Path file)
            throws IOException {
        if (!TokenFile.remove(file(file), name)) {
            err.println("aerie: there is no token of " + name + " in " + file(file));
            return FAILED;
        }
        return 0;
    }

    private Path file(@Nullable Path given) {
        return given == null ? usual : given;
    }
}
