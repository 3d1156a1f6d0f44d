@echo off
rem Copyright the Culvert authors
rem SPDX-License-Identifier: Apache-2.0
rem
rem Runs the Culvert gateway; ..\lib\java.cmd says on which Java.

setlocal DisableDelayedExpansion

call "%~dp0..\lib\java.cmd"
"%CULVERT_JAVA%" %CULVERT_JVM% -cp "%~dp0..\lib\*" -XX:+ExitOnOutOfMemoryError -Djdk.console=java.base io.culvert.launcher.gateway.Main %*
exit /b %ERRORLEVEL%
