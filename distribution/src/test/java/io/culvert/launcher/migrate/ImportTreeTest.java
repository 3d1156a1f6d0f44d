// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import static io.culvert.launcher.migrate.TreeRow.row;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a folder of mapping files with everything that people write into such files. */
class ImportTreeTest {
  private static final String NO_DESTINATION =
      "must be a port (1 to 65535), host:port, [IPv6]:port or the path of a Unix socket with a '/'";

  private static final List<TreeRow> ROWS =
      List.of(
          row("tree/00-plain.ini", "SSH=22\n").took(1, "SSH = 22"),
          row("tree/01-spaces.ini", "\n  VNC \t =  10.0.0.1:5900  \n \t\n")
              .took(2, "VNC = 10.0.0.1:5900"),
          row("tree/02-crlf.ini", "HTTP=80\r\n\r\nHTTPS=443\r\n")
              .took(1, "HTTP = 80")
              .took(3, "HTTPS = 443"),
          row("tree/03-bom.ini", "\uFEFFRDP=3389\n").took(1, "RDP = 3389"),
          row("tree/04-comments.ini", "# a\n; b\n  # c\nDB=5432\nWEB=81 # no comment\n")
              .took(4, "DB = 5432")
              .look(5, "", NO_DESTINATION),
          row("tree/05-sections.ini", "TOP=1001\n[one] text\nBELOW=1002\n[two]\nBELOW=1003\n")
              .took(1, "TOP = 1001")
              .dropped(3, "BELOW = 1002", "is under a [section], where no service ids are")
              .dropped(5, "BELOW = 1003", "is under a [section], where no service ids are"),
          row("tree/06-again.ini", "SSH=2222\nNEW=1004\n")
              .dropped(1, "SSH = 2222", "comes after tree/00-plain.ini:1, and the first counts")
              .took(2, "NEW = 1004"),
          row("tree/07-twice.ini", "ONE=1005\nONE=1006\nTWO=1007\n")
              .dropped(1, "ONE = 1005", "is in a file that is skipped for its line 2")
              .look(2, "ONE = 1006", "comes twice; the whole file is skipped")
              .dropped(3, "TWO = 1007", "is in a file that is skipped for its line 2"),
          row("tree/08-no-equals.ini", "THREE=1008\nhello world\nand again\n")
              .dropped(1, "THREE = 1008", "is in a file that is skipped for its line 2")
              .look(2, "", "must be serviceId=endpoint; the whole file is skipped")
              .dropped(3, "", "is in a file that is skipped for its line 2"),
          row("tree/09-open.ini", "[open\nFOUR=1009\n")
              .look(1, "", "must have a ']' after the name of a section; the whole file is skipped")
              .dropped(2, "FOUR = 1009", "is in a file that is skipped for its line 1"),
          row("tree/10-sections.ini", "[a]\n[a]\n")
              .look(
                  2,
                  "",
                  "opens a section of a name that was there before; the whole file is skipped"),
          row("tree/11-no-id.ini", "=22\n")
              .look(1, "", "must be serviceId=endpoint; the whole file is skipped"),
          row("tree/12-empty.ini", ""),
          row("tree/13-comments-only.ini", "# nothing\n"),
          row("tree/14-latin1.ini", "# Zürich\nFIVE=1010\n")
              .in(ISO_8859_1)
              .wholeFile("dropped! ", "is not UTF-8 text; the whole file is skipped"),
          row("tree/15-values.ini", "A=0\nB=host\nC D=1\nE=\nF=::1:22\n")
              .look(1, "A = 0", NO_DESTINATION)
              .look(2, "B = host", NO_DESTINATION)
              .look(3, "", "must have an id of 1 to 128 letters, digits, ':', '_' and '-'")
              .look(4, "", NO_DESTINATION)
              .look(5, "F = ::1:22", NO_DESTINATION),
          row("tree/16-token.ini", "access-token=s3cret-acce55\n")
              .look(1, "access-token = ****", NO_DESTINATION),
          row("tree/sub/17-deep/sockets", "ABS=/run/app.sock\nREL=./rel.sock")
              .took(1, "ABS = /run/app.sock")
              .took(2, "REL = ./rel.sock", "REL=rel.sock"),
          row("tree/sub/18.txt", "V6=[::1]:82\n").took(1, "V6 = [::1]:82"),
          row("tree/sub/19", "LAST=65535").took(1, "LAST = 65535"));

  @TempDir private Path folder;

  @Test
  void everyEntryIsListedAndWhatWasTakenIsWritten() throws Exception {
    for (TreeRow row : ROWS) {
      row.write(folder);
    }
    ImportRun run = new ImportRun(folder);

    assertThat(run.run("--config-dir", "tree", "--mode", "destination")).isZero();

    assertThat(ROWS).hasSize(20);
    assertThat(run.out())
        .isEqualTo(
            String.join("\n", ROWS.stream().flatMap(row -> row.lines().stream()).toList())
                + """


                Took 12 of 33 entries, dropped 21.
                LOOK AT 13 of them, marked 'dropped!': they are wrong, or something is missing without them.
                Wrote conf/io.culvert.ServiceMappingConfig.cfg.json
                Next: no tunnel yet. Whenever you have an access token, write io.culvert.Tunnel~NAME.cfg.json.
                Next: start bin/culvert; one that runs follows within two seconds.
                """);
    assertThat(run.err()).isEmpty();
    assertThat(run.texts())
        .containsOnly(
            entry(
                "io.culvert.ServiceMappingConfig.cfg.json",
                """
                // Made by culvert import from tree
                {
                  "destinations": [
                    "SSH=22",
                    "VNC=10.0.0.1:5900",
                    "HTTP=80",
                    "HTTPS=443",
                    "RDP=3389",
                    "DB=5432",
                    "TOP=1001",
                    "NEW=1004",
                    "ABS=/run/app.sock",
                    "REL=/cwd/rel.sock",
                    "V6=[::1]:82",
                    "LAST=65535"
                  ]
                }
                """));
    assertThat(run.read("io.culvert.ServiceMappingConfig")).containsOnlyKeys("destinations");
  }

  @Test
  void linksToFilesAreReadAndThoseToFoldersAreNot() throws Exception {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.writeString(folder.resolve("elsewhere"), "SSH=22\n");
    Files.createSymbolicLink(tree.resolve("a.ini"), Path.of("../elsewhere"));
    Files.createSymbolicLink(tree.resolve("b"), Path.of("."));
    Files.createSymbolicLink(tree.resolve("c"), Path.of("d"));
    Files.createSymbolicLink(tree.resolve("d"), Path.of("c"));
    ImportRun run = new ImportRun(folder);

    assertThat(run.run("--config-dir", "tree", "-m", "dst")).isZero();

    assertThat(run.out())
        .startsWith(
            """
            took     tree/a.ini:1  SSH = 22 -> io.culvert.ServiceMappingConfig destinations
            dropped  tree/b because it is a link to a folder, and such links are not followed
            dropped  tree/c because it is neither a file nor a folder
            dropped  tree/d because it is neither a file nor a folder

            Took 1 of 4 entries, dropped 3.
            Wrote conf/io.culvert.ServiceMappingConfig.cfg.json
            """);
  }

  @Test
  void atASourceAddressesAreForListening() throws Exception {
    row("tree/a.ini", "SSH=0\nVNC=127.0.0.1:5900\nX=/run/app.sock\n").write(folder);
    ImportRun run = new ImportRun(folder);

    assertThat(run.run("--config-dir=tree", "--mode=source")).isZero();

    assertThat(run.out())
        .contains(
            "took     tree/a.ini:1  SSH = 0 -> io.culvert.ServiceMappingConfig sources\n",
            "dropped! tree/a.ini:3  X = /run/app.sock because it must be a port (0 to 65535,");
    assertThat(run.read("io.culvert.ServiceMappingConfig"))
        .containsOnly(entry("sources", new String[] {"SSH=0", "VNC=127.0.0.1:5900"}));
  }
}
