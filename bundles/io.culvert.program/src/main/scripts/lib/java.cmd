@echo off
rem Copyright the Culvert authors
rem SPDX-License-Identifier: Apache-2.0
rem
rem Called by the programs in bin, also of the emulator. Finds Java in CULVERT_JAVA, JAVA_HOME or
rem PATH, in this order, and sets CULVERT_JVM to its options, to which CULVERT_JAVA_OPTS is added.
rem CULVERT_MEMORY is the size of the heap, and of what is outside.

if defined CULVERT_JAVA goto named
set "CULVERT_JAVA=java.exe"
if defined JAVA_HOME set "CULVERT_JAVA=%JAVA_HOME%\bin\java.exe"
goto found
:named
if exist "%CULVERT_JAVA%\" set "CULVERT_JAVA=%CULVERT_JAVA%\bin\java.exe"
:found

rem The version is read from the file that every JDK carries, as asking java would take as long as
rem starting it.
set CULVERT_MAJOR=0
for %%j in ("%CULVERT_JAVA%") do set "CULVERT_RELEASE=%%~$PATH:j"
if not defined CULVERT_RELEASE set "CULVERT_RELEASE=%CULVERT_JAVA%"
for %%j in ("%CULVERT_RELEASE%") do set "CULVERT_RELEASE=%%~dpj..\release"
if exist "%CULVERT_RELEASE%" for /f tokens^=2^ delims^=^=^.^" %%v in ('findstr /b JAVA_VERSION^= "%CULVERT_RELEASE%"') do set "CULVERT_MAJOR=%%v"
set CULVERT_MODERN=
if %CULVERT_MAJOR% GEQ 24 set CULVERT_MODERN=--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED

rem Little of the heap lives long, so a small young generation costs no time. Each compiler may take
rem 30 MB for a moment: their number does not follow that of the processors, and they inline less.
rem Netty looks for lost buffers in one of 128, which takes a tenth of the time; tests look at each.
set CULVERT_LEAN=-Xms16m -Xmn4m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 -XX:CICompilerCount=2 -XX:FreqInlineSize=45 -Dio.netty.leakDetection.level=disabled
if not defined CULVERT_MEMORY set CULVERT_MEMORY=64m
set CULVERT_JVM=-Xmx%CULVERT_MEMORY% -Xss512k -XX:+UseSerialGC -XX:MaxDirectMemorySize=%CULVERT_MEMORY% -XX:+IgnoreUnrecognizedVMOptions %CULVERT_LEAN% %CULVERT_MODERN% %CULVERT_JAVA_OPTS%
