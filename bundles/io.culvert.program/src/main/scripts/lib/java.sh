# shellcheck shell=sh disable=SC2154 # program, home and memory come from whoever reads this
# Copyright the Culvert authors
# SPDX-License-Identifier: Apache-2.0
#
# Read by the programs in bin, also of the emulator, which set program, home and memory before.
# Finds Java in CULVERT_JAVA, JAVA_HOME or PATH, in this order, and gives them run_java.

fail() {
  printf '%s: %s\n' "$program" "$1" >&2
  exit 1
}

# Java knows no way to write a ':' within a path of its class path.
case $home in
  *:*) fail "'$home' has a ':' in its path, which Java cannot start from: move it to a folder without one" ;;
esac

if [ -n "${CULVERT_JAVA:-}" ]; then
  java=$CULVERT_JAVA
  [ ! -d "$java" ] || java=$java/bin/java
elif [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
else
  java=$(command -v java) || fail 'no Java found: set CULVERT_JAVA or JAVA_HOME, or install Java 17 or later'
fi
{ [ -f "$java" ] && [ -x "$java" ]; } || fail "'$java' is not a program: CULVERT_JAVA or JAVA_HOME must name Java 17 or later"

# The version is read from the file that every JDK carries, as asking java would take as long as
# starting it.
major=
real=$(readlink -f "$java" 2>/dev/null) || real=$java
release=$(dirname "$(dirname "$real")")/release
if [ -r "$release" ]; then
  major=$(sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$release")
fi
jvm="-Xmx$memory -Xss512k -XX:+UseSerialGC -XX:MaxDirectMemorySize=$memory -XX:+IgnoreUnrecognizedVMOptions"

# Little of the heap lives long, so a small young generation costs no time, and the old one grows
# only when it must. Without a number Java starts more compilers the more processors there are, and
# each may take 30 MB for a moment. What they inline of hot methods they compile again in each
# caller, which takes a third more time and 10 MB, and makes nothing faster here.
jvm="$jvm -Xms16m -Xmn4m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40"
jvm="$jvm -XX:CICompilerCount=2 -XX:FreqInlineSize=45"

# Netty looks for lost buffers in one of 128, which takes a tenth of the time; tests look at each.
jvm="$jvm -Dio.netty.leakDetection.level=disabled"

# glibc would keep for each thread what its allocations ever needed. The memory of the compilers
# comes in blocks just under 32 KiB and that of the network in 2 MiB: both go back when they are free.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}"
export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-32000}"
export MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-131072}"

if [ -n "$major" ]; then
  [ "$major" -ge 17 ] || fail "'$java' is Java $major: Java 17 or later is needed"
  if [ "$major" -ge 24 ]; then
    jvm="$jvm --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
  fi
fi

# Without a locale Java would take arguments and file names for ASCII.
if [ -z "${LC_ALL:-}${LC_CTYPE:-}${LANG:-}" ]; then
  export LC_CTYPE=C.UTF-8
fi

# Replaces the shell by Java. The arguments are those of Java; CULVERT_JAVA_OPTS goes before them.
run_java() {
  set -f
  # shellcheck disable=SC2086 # options are meant to be split at spaces
  exec "$java" $jvm ${CULVERT_JAVA_OPTS:-} -cp "$home/lib/*" "$@"
}
