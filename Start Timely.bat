@echo off
rem Starts Timely on Windows: a double click is enough.
cd /d "%~dp0"
where py >nul 2>nul
if not errorlevel 1 (
    py -3 start.py %*
    goto end
)
rem Without a Python, "python" is only a door to the Store, and its version an error.
python --version >nul 2>nul
if not errorlevel 1 (
    python start.py %*
    goto end
)
echo Timely needs Python 3.11 or newer, and this computer has none.
echo.
echo   1. Open https://www.python.org/downloads/ and press "Download Python".
echo   2. Open what was downloaded, tick "Add python.exe to PATH", press "Install Now".
echo   3. Double-click this file again.
echo.
:end
pause
