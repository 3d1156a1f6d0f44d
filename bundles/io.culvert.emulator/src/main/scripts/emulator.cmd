@echo off
rem Copyright the Culvert authors
rem SPDX-License-Identifier: Apache-2.0
rem
rem Runs the emulator of the tunnelling service; ..\lib\java.cmd says on which Java.

setlocal DisableDelayedExpansion

set CULVERT_MEMORY=128m
call "%~dp0..\lib\java.cmd"
"%CULVERT_JAVA%" %CULVERT_JVM% -cp "%~dp0..\lib\*" io.culvert.emulator.program.Main %*
exit /b %ERRORLEVEL%
