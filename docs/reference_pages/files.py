def pages():
    return {"files.md": "# Files and columns\n"}
