@echo off
rem Copyright the Culvert authors
rem SPDX-License-Identifier: Apache-2.0
rem
rem Runs the Culvert local proxy; ..\lib\java.cmd says on which Java.

setlocal DisableDelayedExpansion

rem Arguments may hold tokens, and the argument list of a process is easier to see than its
rem environment. The line goes over whole, as cmd would split it at '=' and ','.
set CULVERT_ARG_COUNT=
set CULVERT_ARG_LINE=%*
if not defined CULVERT_ARG_LINE set CULVERT_ARG_COUNT=0

call "%~dp0..\lib\java.cmd"
"%CULVERT_JAVA%" %CULVERT_JVM% -cp "%~dp0..\lib\*" io.culvert.launcher.Main
exit /b %ERRORLEVEL%
