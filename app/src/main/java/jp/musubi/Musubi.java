package jp.musubi;

import jp.musubi.common.cli.CommandLine;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The program: what {@code ./musubi} and {@code java -jar} start. */
@SpringBootApplication
public class Musubi {

    public static void main(String[] arguments) {
        int exit = CommandLine.run(arguments, System.out, System.err);
        if (exit != CommandLine.KEEPS_RUNNING) {
            System.exit(exit);
        }
    }
}
